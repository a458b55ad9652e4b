//! The application in the tray: builds it, opens the core behind it, and ends both in order.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use samovar_core::api::{AppNotice, Changed, DesktopRequest, Request, View};
use samovar_core::{Core, OpenError};
use samovar_domain::Problem;
use serde_json::Value;
use tauri::{AppHandle, Emitter as _, RunEvent};
use tokio::sync::broadcast::error::RecvError;

use crate::commands::{exit, fail};
use crate::embedded::EmbeddedEndpoint;
use crate::notifier::DesktopNotifier;
use crate::shell::Shell;
use crate::socket::{self, Answers, Ask, AskError};
#[cfg(target_os = "linux")]
use crate::tray_presence;
use crate::{call, core_request, desktop_request, display, parts, photo_protocol, tray, windows};

/// How the application begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Opening {
    /// In the tray only.
    pub(crate) hidden: bool,
    /// With this view.
    pub(crate) show: Option<View>,
    /// With the join page and this link.
    pub(crate) link: Option<String>,
}

impl Opening {
    /// What a running Samovar is to do instead.
    fn ask(&self) -> Option<Ask> {
        match (&self.link, self.show) {
            (Some(link), _) => Some(Ask::OpenLink(link.clone())),
            (None, Some(view)) => Some(Ask::Desktop(DesktopRequest::Show { view })),
            (None, None) if self.hidden => None,
            (None, None) => Some(Ask::Desktop(DesktopRequest::Show { view: View::Today })),
        }
    }

    /// What this one is to do.
    fn perform(&self, app: &AppHandle) {
        match (&self.link, self.show) {
            (Some(link), _) => windows::show_join(app, link.clone()),
            (None, Some(view)) => windows::show(app, windows::place(view), None),
            (None, None) if self.hidden => {}
            (None, None) => windows::show(app, windows::place(View::Today), None),
        }
    }
}

/// How long another process may take to let go of the profile or to answer.
const WAIT_FOR_PROFILE: Duration = Duration::from_secs(10);

/// Runs the application until its person quits it.
pub(crate) fn run(runtime: tokio::runtime::Runtime, profile: PathBuf, opening: Opening) -> ExitCode {
    // A running one is asked first: that needs no display and is quick.
    if let Some(code) = runtime.block_on(hand_over(&profile, &opening)) {
        return code;
    }
    if !display::is_there() {
        return fail(
            exit::FAILED,
            "there is no display to show windows on; nothing was changed; \
             the commands need none: samovar --help lists them",
        );
    }
    tauri::async_runtime::set(runtime.handle().clone());
    let notifier = Arc::new(DesktopNotifier::default());
    let shell = Shell::new(profile, Arc::clone(&notifier));
    let endpoint = Arc::new(EmbeddedEndpoint::default());
    let behind = Behind {
        shell: shell.clone(),
        notifier,
        endpoint: Arc::clone(&endpoint),
        opening,
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(shell.clone())
        .register_asynchronous_uri_scheme_protocol(photo_protocol::SCHEME, photo_protocol::answer)
        .invoke_handler(tauri::generate_handler![call::call])
        .on_window_event(windows::on_event)
        .setup(move |app| {
            let app = app.handle().clone();
            // The tray comes first: it is what the person waits for.
            if let Err(error) = tray::build(&app) {
                tracing::info!(%error, "no tray");
            }
            tauri::async_runtime::spawn(behind.run(app));
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match built {
        Ok(app) => app,
        Err(error) => {
            return fail(
                exit::FAILED,
                &format!("the windows cannot be started: {error}; nothing was changed"),
            );
        }
    };
    let code = app.run_return(|_app, event| match event {
        // The last window is not the application; only Quit ends it.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        // Elsewhere a link comes as the argument of a second start. Exactly one counts there, and here too.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            if let [link] = &urls[..] {
                windows::show_join(_app, link.to_string());
            }
        }
        _ => {}
    });
    runtime.block_on(async {
        if let Some(core) = shell.open_core() {
            core.close().await;
        }
        endpoint.stop().await;
    });
    remove_socket(&shell);
    runtime.shutdown_timeout(Duration::from_secs(1));
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn remove_socket(shell: &Shell) {
    // Only the one that held the profile has a socket to take away.
    if cfg!(unix) && shell.open_core().is_some() {
        let _ = std::fs::remove_file(crate::profile::socket_path(shell.profile()));
    }
}

/// Asks the running Samovar of this profile to do it instead; the exit code when there is one.
async fn hand_over(profile: &std::path::Path, opening: &Opening) -> Option<ExitCode> {
    let ask = opening.ask().unwrap_or(Ask::Core(Request::Status));
    match socket::ask(profile, &ask).await {
        Ok(Ok(_)) => Some(ExitCode::SUCCESS),
        Ok(Err(problem)) => Some(fail(exit::FAILED, &problem.detail)),
        Err(AskError::Silent) => Some(fail(
            exit::BUSY,
            "Samovar runs already and does not answer; nothing was changed; quit it and start it again",
        )),
        Err(AskError::NobodyThere) => None,
    }
}

/// What runs behind the windows.
struct Behind {
    shell: Shell,
    notifier: Arc<DesktopNotifier>,
    endpoint: Arc<EmbeddedEndpoint>,
    opening: Opening,
}

impl Behind {
    async fn run(self, app: AppHandle) {
        self.notifier.belong_to(app.clone());
        let Some(core) = self.open(&app).await else { return };
        match socket::listen(self.shell.profile()) {
            Ok(listener) => {
                tauri::async_runtime::spawn(socket::serve(listener, SocketAnswers(app.clone())));
            }
            Err(error) => tracing::warn!(%error, "the command line cannot reach this Samovar"),
        }
        tauri::async_runtime::spawn(pass_on(app.clone(), core.clone()));
        // Whoever asks for the core from here on finds it listening to everything.
        self.shell.set_core(core.clone());
        core.start();
        self.opening.perform(&app);
        tauri::async_runtime::spawn(tray::keep_true(app.clone(), core.clone()));
        let is_hidden = self.opening.hidden;
        #[cfg(target_os = "linux")]
        tauri::async_runtime::spawn(tray_presence::follow(app.clone(), core.clone(), is_hidden));
        #[cfg(not(target_os = "linux"))]
        if !self.shell.has_tray() {
            core.report(AppNotice::NoTray, true);
            if is_hidden {
                windows::show(&app, windows::place(View::Today), None);
            }
        }
        if !self.notifier.is_available().await {
            core.report(AppNotice::NoNotifications, true);
        }
        core_request::apply_settings(&app, &core).await;
        #[cfg(target_os = "linux")]
        register_links(self.shell.profile().clone()).await;
    }

    /// Opens the core. Another process may hold the profile: a command, for a moment, or a Samovar that started in the
    /// same instant, which then does what this one was to do.
    async fn open(&self, app: &AppHandle) -> Option<Core> {
        let started = tokio::time::Instant::now();
        loop {
            let parts = parts::of_this_computer(
                self.shell.profile(),
                Arc::clone(&self.notifier) as _,
                Arc::clone(&self.endpoint) as _,
            );
            match Core::open(parts).await {
                Ok(core) => return Some(core),
                Err(OpenError::AlreadyOpen) if started.elapsed() < WAIT_FOR_PROFILE => {
                    if hand_over(self.shell.profile(), &self.opening).await.is_some() {
                        app.exit(0);
                        return None;
                    }
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => {
                    Self::give_up(app, &error);
                    return None;
                }
            }
        }
    }

    /// Says why there can be no Samovar, on stderr and on the screen, and ends.
    fn give_up(app: &AppHandle, error: &OpenError) {
        use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};
        let code = if matches!(error, OpenError::AlreadyOpen) {
            exit::BUSY
        } else {
            exit::FAILED
        };
        let words = format!("{error}; nothing was changed");
        let _ = fail(code, &words);
        let app_to_end = app.clone();
        app.dialog()
            .message(words)
            .title("Samovar")
            .kind(MessageDialogKind::Error)
            .show(move |_| app_to_end.exit(i32::from(code)));
    }
}

/// Links that lead to Samovar from a browser.
#[cfg(target_os = "linux")]
async fn register_links(profile: PathBuf) {
    let done = tokio::task::spawn_blocking(move || crate::link_scheme::register(&profile)).await;
    if let Ok(Err(error)) = done {
        // A link can still be pasted, as the join page says.
        tracing::info!(%error, "links do not come to this Samovar");
    }
}

/// Passes every change on to the windows that are there.
async fn pass_on(app: AppHandle, core: Core) {
    let mut changes = core.changes();
    loop {
        match changes.recv().await {
            Ok(changed) => emit(&app, &changed),
            // Too much happened at once: everything is to be asked for again.
            Err(RecvError::Lagged(_)) => {
                for changed in [Changed::Today, Changed::Status, Changed::Settings] {
                    emit(&app, &changed);
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn emit(app: &AppHandle, changed: &Changed) {
    if let Err(error) = app.emit("changed", changed) {
        tracing::debug!(%error, "a window missed a change");
    }
}

/// Answers the command line.
#[derive(Clone)]
struct SocketAnswers(AppHandle);

#[async_trait]
impl Answers for SocketAnswers {
    async fn answer(&self, ask: Ask) -> Result<Value, Problem> {
        let answer = match ask {
            Ask::Core(request) => serde_json::to_value(core_request::answer(&self.0, request).await?),
            Ask::Desktop(request) => serde_json::to_value(desktop_request::answer(&self.0, None, request).await?),
            Ask::OpenLink(link) => {
                windows::show_join(&self.0, link);
                Ok(Value::Null)
            }
        };
        answer.map_err(|error| Problem::new("not_understood", format!("The answer could not be written: {error}.")))
    }
}
