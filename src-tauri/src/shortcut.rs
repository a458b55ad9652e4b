//! The keys that open the popover from anywhere. Nothing is loaded before somebody sets some: on X11 the one who listens
//! looks twenty times a second, and an idle Samovar does not wake.

use std::cell::RefCell;

use global_hotkey::hotkey::HotKey;
use global_hotkey::{Error, GlobalHotKeyEvent, GlobalHotKeyManager, HotKeyState};
use samovar_domain::Problem;
use tauri::AppHandle;

use crate::{display, windows};

thread_local! {
    /// On the main thread, the only one on which macOS and Windows let anybody listen for keys.
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

struct Held {
    keys: String,
    hotkey: HotKey,
    listening: GlobalHotKeyManager,
}

/// Holds these keys, such as `Ctrl+Alt+S`, and no others; none when empty. When that cannot be, those that were held
/// before still are.
pub(crate) async fn hold(app: &AppHandle, keys: &str) -> Result<(), Problem> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    let (handle, keys) = (app.clone(), keys.to_owned());
    let posted = app.run_on_main_thread(move || {
        let _ = answer.send(hold_here(&handle, keys));
    });
    match (posted, answered.await) {
        (Ok(()), Ok(done)) => done,
        _ => Err(unusable("Samovar is ending")),
    }
}

/// On the main thread.
fn hold_here(app: &AppHandle, keys: String) -> Result<(), Problem> {
    HELD.with_borrow_mut(|held| {
        if held.as_ref().map_or("", |held| held.keys.as_str()) == keys {
            return Ok(());
        }
        if keys.is_empty() {
            // Whoever listened ends with it.
            *held = None;
            return Ok(());
        }
        let hotkey = read(&keys)?;
        if !display::lets_listen_for_keys() {
            return Err(not_possible());
        }
        if let Some(held) = held {
            held.listening.register(hotkey).map_err(|error| refused(&error))?;
            if let Err(error) = held.listening.unregister(held.hotkey) {
                tracing::warn!(%error, "the keys from before still open the popover");
            }
            held.keys = keys;
            held.hotkey = hotkey;
        } else {
            let listening = GlobalHotKeyManager::new().map_err(|error| refused(&error))?;
            listening.register(hotkey).map_err(|error| refused(&error))?;
            listen(app);
            *held = Some(Held {
                keys,
                hotkey,
                listening,
            });
        }
        Ok(())
    })
}

/// Only the first call has an effect, and that is enough: there is one application.
fn listen(app: &AppHandle) {
    let app = app.clone();
    GlobalHotKeyEvent::set_event_handler(Some(move |event: GlobalHotKeyEvent| {
        if event.state == HotKeyState::Pressed {
            let handle = app.clone();
            // When the application ends, nobody waits for the popover.
            let _ = app.run_on_main_thread(move || windows::toggle_popover(&handle, None));
        }
    }));
}

/// A key alone would be lost to every other program.
fn read(keys: &str) -> Result<HotKey, Problem> {
    let hotkey: HotKey = keys.parse().map_err(|error| unusable(&format!("{error}")))?;
    if hotkey.mods.is_empty() {
        return Err(unusable("a key needs Ctrl, Alt or Super beside it"));
    }
    Ok(hotkey)
}

fn refused(error: &Error) -> Problem {
    match error {
        Error::AlreadyRegistered(_) => Problem::new(
            "shortcut_taken",
            "Another program uses these keys already. Nothing was changed. Choose others.",
        ),
        other => unusable(&other.to_string()),
    }
}

fn unusable(why: &str) -> Problem {
    Problem::new(
        "shortcut_unusable",
        format!("These keys cannot be used ({why}). Nothing was changed. Choose others, such as Ctrl+Alt+S."),
    )
}

fn not_possible() -> Problem {
    Problem::new(
        "shortcut_not_possible",
        "This desktop (Wayland) lets no program listen for keys everywhere. Nothing was changed. Set keys for the command \
         `samovar --show snapshot` in the system's own keyboard settings.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_the_settings_name_them() {
        for keys in [
            "Ctrl+Alt+S",
            "Ctrl+Shift+1",
            "Super+Space",
            "Alt+F9",
            "Ctrl+Alt+Shift+Super+K",
        ] {
            assert!(read(keys).is_ok(), "{keys}");
        }
        for keys in ["S", "F9", "Ctrl", "Ctrl+", "tea", "Ctrl+Alt+S+K"] {
            assert_eq!(read(keys).unwrap_err().code, "shortcut_unusable", "{keys}");
        }
    }
}
