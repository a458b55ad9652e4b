//! Samovar's icon in the tray, as the panel reaches it over the bus.

use std::collections::HashMap;
use std::io;

use zbus::zvariant::{OwnedValue, Structure, Value};
use zbus::{Connection, proxy::Proxy};

use super::Computer;
use crate::wait::eventually;

/// A line of the tray's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLine {
    id: i32,
    /// What it says; empty for a line between.
    pub label: String,
    /// Whether it can be chosen.
    pub is_enabled: bool,
    /// What it opens.
    pub lines: Vec<MenuLine>,
}

/// The icon.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    name: String,
    path: String,
}

/// A line as it comes over the bus: its number, its properties, its own lines.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

fn wrong(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

impl Tray {
    /// The icon on this computer, as soon as the panel has it.
    pub async fn on(computer: &Computer) -> io::Result<Self> {
        let connection = computer.bus.connect().await.map_err(wrong)?;
        let item = eventually("an icon in the tray", async || {
            registered(&connection).await.ok().flatten()
        })
        .await?;
        let (name, path) = match item.find('/') {
            Some(at) => (item[..at].to_owned(), item[at..].to_owned()),
            None => (item, "/StatusNotifierItem".to_owned()),
        };
        Ok(Self { connection, name, path })
    }

    /// What it says when pointed at.
    pub async fn tooltip(&self) -> io::Result<String> {
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let (_, _, title, words): ToolTip = self.property("ToolTip").await?;
        Ok(format!("{title} {words}").trim().to_owned())
    }

    /// The pixels of its icon, of the largest size that it offers.
    pub async fn icon(&self) -> io::Result<Vec<u8>> {
        let sizes: Vec<(i32, i32, Vec<u8>)> = self.property("IconPixmap").await?;
        let largest = sizes.into_iter().max_by_key(|(width, _, _)| *width);
        largest
            .map(|(_, _, pixels)| pixels)
            .ok_or_else(|| wrong("the icon has no pixels"))
    }

    /// Clicks it with the left button, as a panel does.
    pub async fn click(&self, x: i32, y: i32) -> io::Result<()> {
        let item = self.proxy(&self.path, "org.kde.StatusNotifierItem").await?;
        item.call::<_, _, ()>("Activate", &(x, y)).await.map_err(wrong)
    }

    /// The lines of its menu.
    pub async fn menu(&self) -> io::Result<Vec<MenuLine>> {
        let menu = self.menu_proxy().await?;
        let (_, root): (u32, Layout) = menu
            .call("GetLayout", &(0, -1, Vec::<&str>::new()))
            .await
            .map_err(wrong)?;
        Ok(root.2.iter().filter_map(|line| line_of(line)).collect())
    }

    /// The line at the end of these beginnings of labels, as soon as it is there.
    pub async fn line(&self, labels: &[&str]) -> io::Result<MenuLine> {
        eventually(&format!("{labels:?} in the menu"), async || {
            find(&self.menu().await.ok()?, labels)
        })
        .await
    }

    /// Chooses a line of the menu by the beginnings of the labels that lead to it, as soon as it can be chosen.
    pub async fn choose(&self, labels: &[&str]) -> io::Result<()> {
        let what = format!("{labels:?} in the menu, to be chosen");
        eventually(&what, async || {
            let line = find(&self.menu().await.ok()?, labels).filter(|line| line.is_enabled)?;
            let menu = self.menu_proxy().await.ok()?;
            let event = (line.id, "clicked", Value::from(0), 0_u32);
            match menu.call::<_, _, ()>("Event", &event).await {
                // The menu was made anew since it was read, as it is whenever something on it changes.
                Err(zbus::Error::MethodError(name, ..)) if name.as_str().ends_with("InvalidArgs") => None,
                answer => Some(answer.map_err(wrong)),
            }
        })
        .await?
    }

    async fn menu_proxy(&self) -> io::Result<Proxy<'_>> {
        let path: zbus::zvariant::OwnedObjectPath = self.property("Menu").await?;
        Proxy::new(&self.connection, self.name.clone(), path, "com.canonical.dbusmenu")
            .await
            .map_err(wrong)
    }

    async fn property<T>(&self, name: &str) -> io::Result<T>
    where
        T: TryFrom<OwnedValue>,
        T::Error: Into<zbus::Error>,
    {
        // Asked anew each time: what this side remembers may be older than what the panel shows.
        let item = self.proxy(&self.path, "org.freedesktop.DBus.Properties").await?;
        let value: OwnedValue = item
            .call("Get", &("org.kde.StatusNotifierItem", name))
            .await
            .map_err(wrong)?;
        T::try_from(value).map_err(|error| wrong(error.into()))
    }

    async fn proxy<'path>(&'path self, path: &'path str, interface: &'static str) -> io::Result<Proxy<'path>> {
        Proxy::new(&self.connection, self.name.clone(), path, interface)
            .await
            .map_err(wrong)
    }
}

async fn registered(connection: &Connection) -> zbus::Result<Option<String>> {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let watcher = Proxy::new(
        connection,
        WATCHER,
        "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties",
    )
    .await?;
    let items: OwnedValue = watcher.call("Get", &(WATCHER, "RegisteredStatusNotifierItems")).await?;
    let items = Vec::<String>::try_from(items).unwrap_or_default();
    Ok(items.into_iter().next())
}

fn line_of(value: &Value<'_>) -> Option<MenuLine> {
    let structure = match value {
        Value::Value(inner) => return line_of(inner),
        value => value.downcast_ref::<&Structure<'_>>().ok()?,
    };
    let [Value::I32(id), Value::Dict(properties), Value::Array(children)] = structure.fields() else {
        return None;
    };
    let text = |name: &str| properties.get::<_, String>(&name).ok().flatten();
    let is_enabled = properties.get::<_, bool>(&"enabled").ok().flatten().unwrap_or(true);
    Some(MenuLine {
        id: *id,
        label: text("label").unwrap_or_default(),
        is_enabled,
        lines: children.iter().filter_map(line_of).collect(),
    })
}

fn find(lines: &[MenuLine], labels: &[&str]) -> Option<MenuLine> {
    let (first, rest) = labels.split_first()?;
    let line = lines.iter().find(|line| line.label.starts_with(first))?;
    if rest.is_empty() {
        Some(line.clone())
    } else {
        find(&line.lines, rest)
    }
}
