//! The two windows: created when asked for, hidden when closed, destroyed after they have been hidden for a while, since
//! a hidden one still holds its web process.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use samovar_core::api::{Changed, Place, View};
use tauri::{
    AppHandle, DragDropEvent, Manager as _, PhysicalPosition, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window,
    WindowEvent, Wry,
};

use url::form_urlencoded;

use crate::shell::Shell;
use crate::{camera, dropped, popover_place, popover_stay};

/// The main window's label.
pub(crate) const MAIN: &str = "main";
/// The popover's label.
pub(crate) const POPOVER: &str = "popover";

const POPOVER_SIZE: (f64, f64) = (380.0, 560.0);

/// How long a hidden window is kept, so that it is there at once when it is wanted again. Tests cannot wait that long.
fn keep_hidden() -> Duration {
    let for_tests = std::env::var("SAMOVAR_TEST_KEEP_HIDDEN_MS").ok();
    for_tests
        .and_then(|ms| ms.parse().ok())
        .map_or(Duration::from_mins(1), Duration::from_millis)
}

/// Counts every showing and hiding of each window, so that one that was shown meanwhile is left alone.
static CHANGES_OF_MAIN: AtomicU64 = AtomicU64::new(0);
static CHANGES_OF_POPOVER: AtomicU64 = AtomicU64::new(0);

fn changes_of(label: &str) -> &'static AtomicU64 {
    if label == POPOVER {
        &CHANGES_OF_POPOVER
    } else {
        &CHANGES_OF_MAIN
    }
}

/// How often the popover was shown or hidden until now.
pub(crate) fn changes_of_popover() -> u64 {
    CHANGES_OF_POPOVER.load(Ordering::Relaxed)
}

/// A view, with nothing open in it.
pub(crate) fn place(view: View) -> Place {
    Place {
        view,
        item: None,
        member: None,
    }
}

/// Whether the main window is open, be it behind others or minimised.
pub(crate) fn is_main_shown(app: &AppHandle) -> bool {
    app.get_webview_window(MAIN)
        .is_some_and(|window| window.is_visible().unwrap_or(false))
}

/// Brings a place to the front, from any thread.
pub(crate) fn show(app: &AppHandle, place: Place, clicked: Option<PhysicalPosition<f64>>) {
    let app = app.clone();
    let handle = app.clone();
    let posted = handle.run_on_main_thread(move || {
        let shown = match place.view {
            View::Today
            | View::People
            | View::Norms
            | View::Gatherings
            | View::KudosWall
            | View::Decisions
            | View::Cards
            | View::Settings => show_main(&app, &place, None),
            View::Snapshot | View::Kudos | View::Focus => show_popover(&app, &place, clicked),
        };
        if let Err(error) = shown {
            tracing::error!(%error, "a window could not be opened");
        }
    });
    if let Err(error) = posted {
        tracing::debug!(%error, "the application ends");
    }
}

/// Shows the join page with a link filled in, for the person to confirm.
pub(crate) fn show_join(app: &AppHandle, link: String) {
    let app = app.clone();
    let handle = app.clone();
    let posted = handle.run_on_main_thread(move || {
        if let Err(error) = show_main(&app, &place(View::Today), Some(&link)) {
            tracing::error!(%error, "a window could not be opened");
        }
    });
    if let Err(error) = posted {
        tracing::debug!(%error, "the application ends");
    }
}

/// Opens the popover, or hides it when it is open. On the main thread.
pub(crate) fn toggle_popover(app: &AppHandle, clicked: Option<PhysicalPosition<f64>>) {
    match app.get_webview_window(POPOVER) {
        Some(window) if window.is_visible().unwrap_or(false) => hide(app, POPOVER),
        _ => show(app, place(View::Snapshot), clicked),
    }
}

fn show_main(app: &AppHandle, place: &Place, link: Option<&str>) -> tauri::Result<()> {
    let route = main_route(place, link);
    if let Some(window) = app.get_webview_window(MAIN) {
        bring_forward(&window)?;
        if link.is_some() {
            // The route is JSON: no part of a link from outside can end the string and become code.
            let route = serde_json::Value::from(format!("#{route}"));
            return window.eval(format!("location.hash = {route}"));
        }
        tell(app, place);
        return Ok(());
    }
    let window = builder(app, MAIN, &route)
        .inner_size(1040.0, 720.0)
        .min_inner_size(720.0, 520.0)
        .center()
        .build()?;
    bring_forward(&window)
}

fn show_popover(app: &AppHandle, place: &Place, clicked: Option<PhysicalPosition<f64>>) -> tauri::Result<()> {
    let position = popover_place::place(app, POPOVER_SIZE, clicked);
    let existing = app.get_webview_window(POPOVER);
    let is_new = existing.is_none();
    let window = match existing {
        Some(window) => window,
        None => new_popover(app, place)?,
    };
    if let Some(position) = position {
        // Wayland lets nobody place a window.
        let _ = window.set_position(position);
    }
    bring_forward(&window)?;
    if !is_new {
        tell(app, place);
    }
    Ok(())
}

fn new_popover(app: &AppHandle, place: &Place) -> tauri::Result<WebviewWindow> {
    let window = builder(app, POPOVER, &popover_route(place))
        .inner_size(POPOVER_SIZE.0, POPOVER_SIZE.1)
        .resizable(false)
        .decorations(false)
        .skip_taskbar(true)
        .always_on_top(true)
        .build()?;
    #[cfg(target_os = "linux")]
    camera::offer(&window)?;
    Ok(window)
}

fn builder<'a>(app: &'a AppHandle, label: &str, route: &str) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    let profile = app.state::<Shell>().profile().clone();
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(format!("index.html#{route}").into()))
        .title("Samovar")
        .visible(false)
        // Two profiles are two Samovars, in everything.
        .data_directory(profile.join("webview"))
        .on_navigation(is_own_page)
        .on_permission_request(camera::permission)
}

/// Pages stay within Samovar's own; links go through the one command to the browser.
pub(crate) fn is_own_page(url: &tauri::Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => matches!(url.host_str(), Some("tauri.localhost" | "localhost")),
        "about" => url.path() == "blank",
        _ => false,
    }
}

fn main_route(place: &Place, link: Option<&str>) -> String {
    if let Some(link) = link {
        let mut query = Query::new(String::new());
        query.append_pair("link", link);
        return with_query("/join", query.finish());
    }
    let path = match place.view {
        View::People => "/people",
        View::Norms => "/norms",
        View::Gatherings => "/gatherings",
        View::KudosWall => "/kudos",
        View::Decisions => "/decisions",
        View::Cards => "/cards",
        View::Settings => "/settings",
        _ => "/",
    };
    with_query(path, query(place).finish())
}

fn popover_route(place: &Place) -> String {
    let mut query = query(place);
    let tab = match place.view {
        View::Kudos => "kudos",
        View::Focus => "focus",
        _ => "snapshot",
    };
    query.append_pair("tab", tab);
    with_query("/popover", query.finish())
}

type Query = form_urlencoded::Serializer<'static, String>;

fn query(place: &Place) -> Query {
    let mut query = Query::new(String::new());
    if let Some(item) = place.item {
        query.append_pair("item", &item.to_string());
    }
    if let Some(member) = place.member {
        query.append_pair("member", &member.to_string());
    }
    query
}

fn with_query(path: &str, query: String) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// On the main thread.
fn bring_forward(window: &WebviewWindow) -> tauri::Result<()> {
    changes_of(window.label()).fetch_add(1, Ordering::Relaxed);
    let _ = window.unminimize();
    #[cfg(target_os = "linux")]
    crate::keyboard_focus::claim(window);
    window.show()?;
    window.set_focus()
}

/// A page that is there already is told where to go.
fn tell(app: &AppHandle, place: &Place) {
    if let Some(core) = app.state::<Shell>().open_core() {
        core.tell(Changed::Place(place.clone()));
    }
}

/// Hides a window; destroys it when it is still hidden after a while.
pub(crate) fn hide(app: &AppHandle, label: &str) {
    let Some(window) = app.get_webview_window(label) else {
        return;
    };
    if let Err(error) = window.hide() {
        tracing::debug!(%error, "a window could not be hidden");
    }
    let changes = changes_of(label);
    let now = changes.fetch_add(1, Ordering::Relaxed) + 1;
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(keep_hidden()).await;
        let is_unused = changes.load(Ordering::Relaxed) == now && !window.is_visible().unwrap_or(false);
        if is_unused && let Err(error) = window.destroy() {
            tracing::debug!(%error, "a window was gone already");
        }
    });
}

/// What happens to a window.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if window.label() == MAIN && !app.state::<Shell>().has_tray() {
                // Without a tray a hidden window could not be found again.
                let _ = window.minimize();
            } else {
                hide(app, window.label());
            }
        }
        WindowEvent::Focused(false) if window.label() == POPOVER => popover_stay::left(window),
        WindowEvent::DragDrop(event) => dragged(window, event),
        _ => {}
    }
}

/// Something is dragged over a window, or let fall onto it.
fn dragged(window: &Window, event: &DragDropEvent) {
    let app = window.app_handle();
    if window.label() == MAIN {
        if let DragDropEvent::Drop { paths, .. } = event {
            dropped::onto_main_window(app, paths);
        }
        return;
    }
    let is_over = matches!(event, DragDropEvent::Enter { .. } | DragDropEvent::Over { .. });
    app.state::<Shell>().set_dragged_over(is_over);
    if matches!(event, DragDropEvent::Drop { .. })
        && let Some(window) = app.get_webview_window(POPOVER)
        && let Err(error) = bring_forward(&window)
    {
        // Its page has the photos all the same.
        tracing::debug!(%error, "the popover did not come forward");
    }
}

/// Does something while the window that asks is out of the way.
pub(crate) async fn without<T>(app: &AppHandle, label: Option<&str>, work: impl Future<Output = T>) -> T {
    let window = label.and_then(|label| app.get_webview_window(label));
    let shell = app.state::<Shell>();
    if let Some(window) = &window {
        shell.set_asking_for_files(true);
        let _ = window.hide();
        // The compositor needs a moment to draw the screen without it; nothing tells when it did.
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let done = work.await;
    if let Some(window) = window {
        let _ = app.run_on_main_thread(move || {
            let _ = bring_forward(&window);
        });
        shell.set_asking_for_files(false);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use samovar_domain::{ItemId, MemberId};

    #[test]
    fn a_place_is_a_route_that_the_page_reads() {
        assert_eq!(main_route(&place(View::Today), None), "/");
        assert_eq!(main_route(&place(View::Settings), None), "/settings");
        assert_eq!(main_route(&place(View::People), None), "/people");
        assert_eq!(main_route(&place(View::Norms), None), "/norms");
        assert_eq!(main_route(&place(View::KudosWall), None), "/kudos");
        assert_eq!(main_route(&place(View::Decisions), None), "/decisions");
        assert_eq!(main_route(&place(View::Cards), None), "/cards");
        assert_eq!(popover_route(&place(View::Focus)), "/popover?tab=focus");
        let item = ItemId::derived(&["x"]);
        assert_eq!(
            main_route(
                &Place {
                    item: Some(item),
                    ..place(View::Today)
                },
                None
            ),
            format!("/?item={item}")
        );
        let member = MemberId::derived(&["x"]);
        let kudos = Place {
            member: Some(member),
            ..place(View::Kudos)
        };
        assert_eq!(popover_route(&kudos), format!("/popover?member={member}&tab=kudos"));
    }

    #[test]
    fn a_link_from_outside_stays_a_value() {
        let route = main_route(
            &place(View::Today),
            Some("https://x.org/join/a?b=1&c=\"';alert(1)//#/settings"),
        );
        assert_eq!(
            route,
            "/join?link=https%3A%2F%2Fx.org%2Fjoin%2Fa%3Fb%3D1%26c%3D%22%27%3Balert%281%29%2F%2F%23%2Fsettings"
        );
    }

    #[test]
    fn pages_cannot_lead_elsewhere() {
        for (url, is_own) in [
            ("tauri://localhost/index.html#/", true),
            ("http://tauri.localhost/index.html", true),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_own_page(&tauri::Url::parse(url).unwrap()), is_own, "{url}");
        }
    }
}
