//! The system's own do-not-disturb on Linux, which each desktop keeps in a place of its own. Where nobody knows of one it
//! is off: a person rather hears of a thing than misses it.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::select_all;
use tauri::AppHandle;
use zbus::fdo::{DBusProxy, PropertiesProxy};
use zbus::names::{BusName, InterfaceName};
use zbus::{Connection, MessageStream, OwnedVariant};

mod gnome;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const DUNST: &str = "org.dunstproject.cmd0";
const XFCONF: &str = "org.xfce.Xfconf";
const XFCONF_PATH: &str = "/org/xfce/Xfconf";

/// How long the desktop may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether it is on.
pub(crate) async fn is_on(bus: &Connection) -> bool {
    let asked = tokio::time::timeout(PATIENCE, ask(bus)).await;
    asked.ok().flatten().unwrap_or(false)
}

/// As the server of notifications says itself, or as its desktop has it in its settings.
async fn ask(bus: &Connection) -> Option<bool> {
    let names = DBusProxy::new(bus).await.ok()?;
    // To ask a server that is not there would start it.
    if !names.name_has_owner(BusName::try_from(NAME).ok()?).await.ok()? {
        return None;
    }
    if let Some(is_inhibited) = property(bus, NAME, "Inhibited").await {
        return Some(is_inhibited);
    }
    match server(bus).await?.as_str() {
        "dunst" => property(bus, DUNST, "paused").await,
        "Xfce Notify Daemon" => xfce(bus).await,
        "gnome-shell" => gnome::is_on(),
        _ => None,
    }
}

/// Whether it can be turned on and off from here: dunst's by a property of its own, GNOME's by its setting. Elsewhere it
/// can be read at most, and the settings say so.
pub(crate) async fn can_be_set(bus: &Connection) -> bool {
    matches!(tokio::time::timeout(PATIENCE, switch(bus)).await, Ok(Some(_)))
}

/// Turns it on or off. Whether it is so now.
pub(crate) async fn set(bus: &Connection, on: bool) -> bool {
    let turned = async {
        match switch(bus).await? {
            Switch::Dunst => {
                let properties = PropertiesProxy::new(bus, NAME, PATH).await.ok()?;
                let interface = InterfaceName::try_from(DUNST).ok()?;
                properties
                    .set(interface, "paused", &zbus::Variant::from(on))
                    .await
                    .ok()?;
            }
            Switch::Gnome => gnome::set(on)?,
        }
        ask(bus).await
    };
    matches!(tokio::time::timeout(PATIENCE, turned).await, Ok(Some(is_on)) if is_on == on)
}

/// The do-not-disturb that a program may turn.
enum Switch {
    Dunst,
    Gnome,
}

async fn switch(bus: &Connection) -> Option<Switch> {
    let names = DBusProxy::new(bus).await.ok()?;
    // To ask a server that is not there would start it.
    if !names.name_has_owner(BusName::try_from(NAME).ok()?).await.ok()? {
        return None;
    }
    match server(bus).await?.as_str() {
        "dunst" => property(bus, DUNST, "paused").await.map(|_| Switch::Dunst),
        "gnome-shell" => gnome::can_be_set().then_some(Switch::Gnome),
        _ => None,
    }
}

async fn property(bus: &Connection, interface: &str, name: &str) -> Option<bool> {
    let properties = PropertiesProxy::new(bus, NAME, PATH).await.ok()?;
    let value = properties
        .get(InterfaceName::try_from(interface).ok()?, name)
        .await
        .ok()?;
    bool::try_from(value).ok()
}

async fn server(bus: &Connection) -> Option<String> {
    let answer = bus
        .call_method(Some(NAME), PATH, Some(NAME), "GetServerInformation", &())
        .await
        .ok()?;
    let (name, ..): (String, String, String, String) = answer.body().deserialize().ok()?;
    Some(name)
}

async fn xfce(bus: &Connection) -> Option<bool> {
    let place = ("xfce4-notifyd", "/do-not-disturb");
    let answer = bus
        .call_method(Some(XFCONF), XFCONF_PATH, Some(XFCONF), "GetProperty", &place)
        .await
        .ok()?;
    let value: OwnedVariant = answer.body().deserialize().ok()?;
    bool::try_from(value).ok()
}

/// Everything on the bus that may mean a change: a property of the server, the settings of Xfce, another server.
const RULES: [&str; 3] = [
    "type='signal',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',\
     path='/org/freedesktop/Notifications'",
    "type='signal',interface='org.xfce.Xfconf',member='PropertyChanged',arg0='xfce4-notifyd',arg1='/do-not-disturb'",
    "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.Notifications'",
];

/// Tells of every change, for as long as the bus is there. Wakes for nothing else.
pub(crate) async fn watch(app: &AppHandle, bus: &Connection, changed: impl Fn()) -> zbus::Result<()> {
    let mut signals = Vec::new();
    for rule in RULES {
        signals.push(MessageStream::for_match_rule(rule, bus, None).await?);
    }
    let mut signals = select_all(signals);
    let mut settings = gnome::changes(app);
    let mut before = is_on(bus).await;
    loop {
        tokio::select! {
            signal = signals.next() => if signal.is_none() { return Ok(()) },
            () = settings.next() => {}
        }
        let now = is_on(bus).await;
        if now != before {
            before = now;
            changed();
        }
    }
}
