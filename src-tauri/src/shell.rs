//! What the parts of the running application share: the core, once it is open, and what the shell itself remembers.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use samovar_core::Core;
use tokio::sync::watch;

use crate::clipboard::ClipboardHolder;
use crate::notifier::DesktopNotifier;
use crate::tray_menu::Model;

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Shell(Arc<Inner>);

struct Inner {
    profile: PathBuf,
    notifier: Arc<DesktopNotifier>,
    core: watch::Sender<Option<Core>>,
    has_tray: AtomicBool,
    is_asking_for_files: AtomicBool,
    is_dragged_over: AtomicBool,
    tray: Mutex<Option<Model>>,
    clipboard: ClipboardHolder,
}

impl Shell {
    /// A shell whose core is not open yet.
    pub(crate) fn new(profile: PathBuf, notifier: Arc<DesktopNotifier>) -> Self {
        Self(Arc::new(Inner {
            profile,
            notifier,
            core: watch::Sender::new(None),
            has_tray: AtomicBool::new(false),
            is_asking_for_files: AtomicBool::new(false),
            is_dragged_over: AtomicBool::new(false),
            tray: Mutex::new(None),
            clipboard: ClipboardHolder::default(),
        }))
    }

    /// The profile's folder.
    pub(crate) fn profile(&self) -> &PathBuf {
        &self.0.profile
    }

    /// The system's notifications.
    pub(crate) fn notifier(&self) -> &Arc<DesktopNotifier> {
        &self.0.notifier
    }

    /// The core is open from now on.
    pub(crate) fn set_core(&self, core: Core) {
        self.0.core.send_replace(Some(core));
    }

    /// The core, as soon as it is open. Windows may ask before that: they wait the few milliseconds.
    pub(crate) async fn core(&self) -> Core {
        let mut opened = self.0.core.subscribe();
        let core = opened
            .wait_for(Option::is_some)
            .await
            .expect("the shell holds the sender");
        core.clone().expect("waited until there is one")
    }

    /// The core, if it is open.
    pub(crate) fn open_core(&self) -> Option<Core> {
        self.0.core.borrow().clone()
    }

    /// Whether the tray shows Samovar's icon.
    pub(crate) fn has_tray(&self) -> bool {
        self.0.has_tray.load(Ordering::Relaxed)
    }

    /// See [`Shell::has_tray`].
    pub(crate) fn set_has_tray(&self, has_tray: bool) {
        self.0.has_tray.store(has_tray, Ordering::Relaxed);
    }

    /// Whether a file dialog is open, under which the popover stays.
    pub(crate) fn is_asking_for_files(&self) -> bool {
        self.0.is_asking_for_files.load(Ordering::Relaxed)
    }

    /// See [`Shell::is_asking_for_files`].
    pub(crate) fn set_asking_for_files(&self, is_asking: bool) {
        self.0.is_asking_for_files.store(is_asking, Ordering::Relaxed);
    }

    /// Whether something is dragged over the popover.
    pub(crate) fn is_dragged_over(&self) -> bool {
        self.0.is_dragged_over.load(Ordering::Relaxed)
    }

    /// See [`Shell::is_dragged_over`].
    pub(crate) fn set_dragged_over(&self, is_over: bool) {
        self.0.is_dragged_over.store(is_over, Ordering::Relaxed);
    }

    /// What the tray shows.
    pub(crate) fn tray(&self) -> &Mutex<Option<Model>> {
        &self.0.tray
    }

    /// The clipboard.
    pub(crate) fn clipboard(&self) -> &ClipboardHolder {
        &self.0.clipboard
    }
}
