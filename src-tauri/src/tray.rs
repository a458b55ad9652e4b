//! The icon in the tray: puts [`crate::tray_menu::Model`] on the screen and does what is chosen there.

use std::sync::PoisonError;

use samovar_core::Core;
use samovar_core::api::{Changed, FocusEnd, PauseEnd, Request, Response, View};
use samovar_core::words::Words;
use samovar_domain::{Clock as _, SystemClock, Timestamp};
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager as _, PhysicalPosition, Wry};
use tokio::sync::broadcast::error::RecvError;

use crate::shell::Shell;
use crate::tray_menu::{self, Choice, Icon, Line, Model};
use crate::{core_request, parts, windows};

/// The tray icon's id, which trays show to programs.
pub(crate) const ID: &str = "samovar";

const IDLE: &[u8] = include_bytes!("../../icons/tray/idle.png");
const FOCUS: &[u8] = include_bytes!("../../icons/tray/focus.png");
const WAITING: &[u8] = include_bytes!("../../icons/tray/waiting.png");
const FOCUS_WAITING: &[u8] = include_bytes!("../../icons/tray/focus-waiting.png");

/// Puts the icon into the tray, on the main thread. Fails where the desktop shows no tray.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let mut shown = shell.tray().lock().unwrap_or_else(PoisonError::into_inner);
    let model = shown
        .clone()
        .unwrap_or_else(|| tray_menu::model(&Words::for_locale(&parts::locale()), None, None));
    TrayIconBuilder::with_id(ID)
        .title("Samovar")
        .tooltip(&model.tooltip)
        .icon(picture(model.icon)?)
        .icon_as_template(cfg!(target_os = "macos"))
        .menu(&menu(app, &model)?)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| {
            if let Some(choice) = Choice::of(event.id().as_ref()) {
                choose(app, choice);
            }
        })
        .on_tray_icon_event(clicked)
        .build(app)?;
    *shown = Some(model);
    shell.set_has_tray(true);
    Ok(())
}

fn picture(icon: Icon) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match icon {
        Icon::Idle => IDLE,
        Icon::Focus => FOCUS,
        Icon::Waiting => WAITING,
        Icon::FocusWaiting => FOCUS_WAITING,
    })
}

fn menu(app: &AppHandle, model: &Model) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for item in items(app, &model.lines)? {
        menu.append(item.as_ref())?;
    }
    Ok(menu)
}

fn items(app: &AppHandle, lines: &[Line]) -> tauri::Result<Vec<Box<dyn IsMenuItem<Wry>>>> {
    // An ampersand in a label would underline the letter after it.
    let text = |label: &str| label.replace('&', "&&");
    lines
        .iter()
        .map(|line| -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
            Ok(match line {
                Line::Item { id, label, is_enabled } => {
                    Box::new(MenuItem::with_id(app, id, text(label), *is_enabled, None::<&str>)?)
                }
                Line::More { label, lines } => {
                    let more = Submenu::new(app, text(label), true)?;
                    for item in items(app, lines)? {
                        more.append(item.as_ref())?;
                    }
                    Box::new(more)
                }
                Line::Separator => Box::new(PredefinedMenuItem::separator(app)?),
            })
        })
        .collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the signature is Tauri's")]
fn clicked(tray: &TrayIcon, event: TrayIconEvent) {
    if let TrayIconEvent::Click {
        position,
        button: MouseButton::Left,
        button_state: MouseButtonState::Up,
        ..
    } = event
    {
        // Some trays do not tell where they were clicked.
        let known = Some(position).filter(|position| *position != PhysicalPosition::default());
        windows::toggle_popover(tray.app_handle(), known);
    }
}

/// Does what was chosen in the menu.
fn choose(app: &AppHandle, choice: Choice) {
    let show = |view: View| {
        windows::show(app, windows::place(view), None);
    };
    match choice {
        Choice::Share => show(View::Snapshot),
        Choice::Kudos => show(View::Kudos),
        Choice::FocusUntil => show(View::Focus),
        Choice::Open => show(View::Today),
        Choice::Settings => show(View::Settings),
        Choice::Quit => app.exit(0),
        Choice::FocusMinutes(minutes) => {
            core_request::choose(
                app,
                Request::StartFocus {
                    end: FocusEnd::Minutes(minutes),
                    note: None,
                },
            );
        }
        Choice::FocusEnd => core_request::choose(app, Request::EndFocus),
        Choice::Join(gathering) => core_request::choose(app, Request::JoinGathering { gathering }),
        Choice::PauseMinutes(minutes) => core_request::choose(
            app,
            Request::PauseNotifications {
                end: PauseEnd::Minutes(minutes),
            },
        ),
        Choice::PauseTomorrow => core_request::choose(
            app,
            Request::PauseNotifications {
                end: PauseEnd::Tomorrow,
            },
        ),
        Choice::PauseEnd => core_request::choose(app, Request::PauseNotifications { end: PauseEnd::Now }),
    }
}

/// Keeps the tray true for as long as the core lives: when something changed, and when a number of minutes on it did.
pub(crate) async fn keep_true(app: AppHandle, core: Core) {
    let mut changes = core.changes();
    loop {
        let stale_at = refresh(&app, &core).await;
        loop {
            let changed = tokio::select! {
                changed = changes.recv() => changed,
                () = until(stale_at) => break,
            };
            match changed {
                Ok(Changed::Status | Changed::Today | Changed::Settings) | Err(RecvError::Lagged(_)) => break,
                Ok(Changed::Photo { .. } | Changed::Place(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
        // What comes in a burst is shown once.
        while let Ok(_) | Err(tokio::sync::broadcast::error::TryRecvError::Lagged(_)) = changes.try_recv() {}
    }
}

async fn until(instant: Option<Timestamp>) {
    match instant {
        // A little late is right: a little early would show the old number for another minute.
        Some(instant) => {
            let wait = instant.since(SystemClock.now()) + std::time::Duration::from_millis(50);
            tokio::time::sleep(wait).await;
        }
        None => std::future::pending().await,
    }
}

/// Shows how things stand; returns when that is no longer true by itself.
async fn refresh(app: &AppHandle, core: &Core) -> Option<Timestamp> {
    let Ok(Response::Status(status)) = core.call(Request::Status).await else {
        return None;
    };
    let gathering = match status.team {
        Some(_) => match core.call(Request::Today).await {
            Ok(Response::Today(today)) => today.gathering,
            _ => None,
        },
        None => None,
    };
    let words = Words::for_locale(&status.locale);
    let model = tray_menu::model(&words, Some(&status), gathering.as_ref());
    let stale_at = model.stale_at;
    let app = app.clone();
    let handle = app.clone();
    let posted = handle.run_on_main_thread(move || {
        if let Err(error) = put(&app, model) {
            tracing::warn!(%error, "the tray could not be changed");
        }
    });
    if let Err(error) = posted {
        tracing::debug!(%error, "the application ends");
    }
    stale_at
}

/// Changes of the tray what is different. On the main thread.
fn put(app: &AppHandle, model: Model) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let mut shown = shell.tray().lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(tray) = app.tray_by_id(ID) {
        let before = shown.as_ref();
        if before.is_none_or(|before| before.lines != model.lines) {
            tray.set_menu(Some(menu(app, &model)?))?;
        }
        if before.is_none_or(|before| before.icon != model.icon) {
            tray.set_icon(Some(picture(model.icon)?))?;
        }
        if before.is_none_or(|before| before.tooltip != model.tooltip) {
            tray.set_tooltip(Some(&model.tooltip))?;
        }
    }
    *shown = Some(model);
    Ok(())
}
