//! What a page, the command line, the tray or a notification asks of the core. Where that concerns the system too, the
//! system is asked first: what it refuses is not written down as if it were so.

use samovar_core::Core;
use samovar_core::api::{Request, Response, Settings, SettingsChange};
use samovar_domain::Problem;
use tauri::{AppHandle, Manager as _};
use tokio::sync::Mutex;

use crate::shell::Shell;
use crate::{autostart, effects, shortcut, trouble};

/// Answers it, and does what the answer wants of the shell.
pub(crate) async fn answer(app: &AppHandle, request: Request) -> Result<Response, Problem> {
    let core = app.state::<Shell>().core().await;
    let response = match request {
        Request::ChangeSettings { change } => change_settings(app, &core, change).await?,
        request => core.call(request).await?,
    };
    effects::take(app, response)
}

/// The same for what was chosen where nobody reads the answer: what goes wrong is told.
pub(crate) fn choose(app: &AppHandle, request: Request) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(problem) = answer(&app, request).await {
            trouble::tell(&app, &problem).await;
        }
    });
}

/// Settings are read, changed and applied by one at a time: what was read at the start is not to be applied after somebody
/// has changed it.
static SETTINGS: Mutex<()> = Mutex::const_new(());

/// Makes the system do what the settings say. The program may lie elsewhere than last time, and its keys may be taken.
pub(crate) async fn apply_settings(app: &AppHandle, core: &Core) {
    let _alone = SETTINGS.lock().await;
    let Ok(settings) = settings(core).await else { return };
    let profile = app.state::<Shell>().profile().clone();
    if let Err(problem) = autostart::apply(settings.autostart, &profile) {
        trouble::tell(app, &problem).await;
    }
    if let Err(problem) = shortcut::hold(app, &settings.shortcut).await {
        trouble::tell(app, &problem).await;
    }
}

async fn change_settings(app: &AppHandle, core: &Core, change: SettingsChange) -> Result<Response, Problem> {
    let _alone = SETTINGS.lock().await;
    let before = settings(core).await?;
    let profile = app.state::<Shell>().profile().clone();
    if let Some(keys) = &change.shortcut {
        shortcut::hold(app, keys).await?;
    }
    let done = match change.autostart.map(|is_wanted| autostart::apply(is_wanted, &profile)) {
        Some(Err(problem)) => Err(problem),
        Some(Ok(())) | None => core.call(Request::ChangeSettings { change }).await,
    };
    if done.is_err() {
        // Nothing was changed, so the system goes back to what is written down. It did that a moment ago.
        let _ = shortcut::hold(app, &before.shortcut).await;
        let _ = autostart::apply(before.autostart, &profile);
    }
    done
}

async fn settings(core: &Core) -> Result<Box<Settings>, Problem> {
    match core.call(Request::Settings).await? {
        Response::Settings(settings) => Ok(settings),
        _ => Err(Problem::new(
            "unexpected",
            "The settings could not be read. Nothing was changed.",
        )),
    }
}
