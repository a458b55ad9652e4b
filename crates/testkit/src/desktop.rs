//! A person at their desktop: the real core on a real folder, without a screen.

mod seen;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use samovar_core::api::{Request, Response};
use samovar_core::endpoint_host::EndpointHost;
use samovar_core::parts::Parts;
use samovar_core::{Core, OpenError};
use samovar_domain::{BlobHash, Problem};
use tempfile::TempDir;

use crate::{FakeClock, FakeKeyring, FakeZone, NoHost, PATIENCE, RecordingNotifier};

/// How often it is looked whether a file is gone.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// How long another program may hold a desktop's database: a story has no time to lose.
const STORE_PATIENCE: Duration = Duration::from_millis(100);

/// Nobody listens there: no story speaks to Slack itself.
const NO_SLACK: &str = "http://127.0.0.1:9/";

/// See the module.
pub struct Desktop {
    /// The core itself, for what has no word of its own here.
    pub core: Core,
    /// What the person was told.
    pub notifier: RecordingNotifier,
    /// Where this computer keeps what is secret.
    pub keyring: FakeKeyring,
    slack_api: String,
    /// What the system's zone is set to.
    pub system_zone: FakeZone,
    name: String,
    time_zone: String,
    clock: FakeClock,
    host: Arc<dyn EndpointHost>,
    folder: PathBuf,
    owned_folder: Option<TempDir>,
}

impl Desktop {
    /// A desktop in no team yet.
    pub async fn new(name: &str, time_zone: &str, clock: &FakeClock) -> Self {
        Self::with_host(name, time_zone, clock, Arc::new(NoHost)).await
    }

    /// A desktop in no team yet that can host one.
    pub async fn with_host(name: &str, time_zone: &str, clock: &FakeClock, host: Arc<dyn EndpointHost>) -> Self {
        let owned = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = owned.path().to_owned();
        let mut desktop = Self::begin(folder, name, time_zone, clock, (host, FakeKeyring::default()))
            .await
            .expect("the profile opens");
        desktop.owned_folder = Some(owned);
        desktop
    }

    /// A desktop on a profile that is there already, or why it cannot begin.
    pub async fn on(folder: &Path, name: &str, time_zone: &str, clock: &FakeClock) -> Result<Self, OpenError> {
        Self::on_with(folder, name, time_zone, clock, FakeKeyring::default()).await
    }

    /// The same on a computer with this keyring.
    pub async fn on_with(
        folder: &Path,
        name: &str,
        time_zone: &str,
        clock: &FakeClock,
        keyring: FakeKeyring,
    ) -> Result<Self, OpenError> {
        let host = Arc::new(NoHost);
        Self::begin(folder.to_owned(), name, time_zone, clock, (host, keyring)).await
    }

    async fn begin(
        folder: PathBuf,
        name: &str,
        time_zone: &str,
        clock: &FakeClock,
        (host, keyring): (Arc<dyn EndpointHost>, FakeKeyring),
    ) -> Result<Self, OpenError> {
        let notifier = RecordingNotifier::default();
        let system_zone = FakeZone::new(time_zone);
        let outside = (&keyring, NO_SLACK);
        let core = Self::open(&folder, name, &system_zone, clock, &notifier, &host, outside).await?;
        core.start();
        Ok(Self {
            core,
            notifier,
            keyring,
            slack_api: NO_SLACK.to_owned(),
            system_zone,
            name: name.to_owned(),
            time_zone: time_zone.to_owned(),
            clock: clock.clone(),
            host,
            folder,
            owned_folder: None,
        })
    }

    async fn open(
        folder: &Path,
        name: &str,
        system_zone: &FakeZone,
        clock: &FakeClock,
        notifier: &RecordingNotifier,
        host: &Arc<dyn EndpointHost>,
        (keyring, slack_api): (&FakeKeyring, &str),
    ) -> Result<Core, OpenError> {
        let parts = Parts {
            folder: folder.to_owned(),
            clock: Arc::new(clock.clone()),
            timer: clock.timer(),
            notifier: Arc::new(notifier.clone()),
            secrets: Arc::new(keyring.clone()),
            slack_api: slack_api.to_owned(),
            carrier: Arc::new(samovar_core::carrier::Network),
            endpoint_host: Arc::clone(host),
            downloads: folder.join("downloads"),
            device_name: format!("{name}'s computer"),
            system_zone: Arc::new(system_zone.clone()),
            system_locale: "en".to_owned(),
        };
        Core::open_within(parts, STORE_PATIENCE).await
    }

    /// Where everything of this desktop lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the file of a photo is on this computer.
    pub fn keeps(&self, photo: BlobHash) -> bool {
        self.folder.join("photos").join(photo.to_string()).exists()
    }

    /// Waits until a photo has left this computer.
    pub async fn lets_go_of(&self, photo: BlobHash) {
        let gone = async {
            while self.keeps(photo) {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, gone).await;
        assert!(waited.is_ok(), "{} still keeps the photo {photo}", self.name);
    }

    /// Joins by an invite link, and waits until the desktop is online.
    pub async fn join(&self, link: &str) {
        let (link, name) = (link.to_owned(), self.name.clone());
        self.ask(Request::Join {
            link,
            name,
            time_zone: Some(self.time_zone.clone()),
            hours: None,
        })
        .await;
        self.is_online().await;
    }

    /// A link that lets one more person in.
    pub async fn invite(&self) -> String {
        match self.ask(Request::CreateInvite { uses: None }).await {
            Response::Invite { link, .. } => link,
            other => panic!("expected an invite, not {other:?}"),
        }
    }

    /// Asks the core for something that it does not refuse.
    pub async fn ask(&self, request: Request) -> Response {
        let shown = format!("{request:.200?}");
        match self.core.call(request).await {
            Ok(response) => response,
            Err(problem) => panic!("{} was refused {shown}: {problem}", self.name),
        }
    }

    /// Asks for something that the core refuses, and returns why.
    pub async fn is_refused(&self, request: Request) -> Problem {
        match self.core.call(request).await {
            Ok(response) => panic!("expected a refusal, not {response:?}"),
            Err(problem) => problem,
        }
    }

    /// Ends, and starts again on the same profile.
    pub async fn restarts(&mut self) {
        self.core.close().await;
        let again = Self::open(
            &self.folder,
            &self.name,
            &self.system_zone,
            &self.clock,
            &self.notifier,
            &self.host,
            (&self.keyring, &self.slack_api),
        )
        .await
        .expect("the profile opens");
        again.start();
        self.core = again;
    }

    /// Knows Slack at this address from now on; starts again for that.
    pub async fn uses_slack(&mut self, api: &str) {
        api.clone_into(&mut self.slack_api);
        self.restarts().await;
    }

    /// Ends, lets go of the profile's files, and keeps its folder.
    pub async fn closes(self) -> Option<TempDir> {
        let Self {
            core,
            folder,
            owned_folder,
            ..
        } = self;
        core.close().await;
        drop(core);
        // The last one to let go of a database takes its log away.
        let log = folder.join("samovar.db-wal");
        let gone = async {
            while log.exists() {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, gone).await;
        assert!(waited.is_ok(), "somebody still holds {}", folder.display());
        owned_folder
    }
}
