//! A person at their desktop: the real core on a real folder, without a screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use samovar_core::api::{
    Changed, Connection, Entry, FocusEnd, KudosCard, PeopleView, PhotoSource, PreparedPhoto, Request, Response,
    SharedPhoto, SnapshotCard, Status, Today,
};
use samovar_core::endpoint_host::EndpointHost;
use samovar_core::parts::Parts;
use samovar_core::{Core, OpenError};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, BlobHash, ItemId, MemberId, Problem};
use tempfile::TempDir;
use tokio::sync::broadcast;

use crate::{FakeClock, FakeKeyring, FakeZone, NoHost, PATIENCE, RecordingNotifier};

/// How often it is looked whether a file is gone.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

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
        let mut desktop = Self::begin(folder, name, time_zone, clock, host)
            .await
            .expect("the profile opens");
        desktop.owned_folder = Some(owned);
        desktop
    }

    /// A desktop on a profile that is there already, or why it cannot begin.
    pub async fn on(folder: &Path, name: &str, time_zone: &str, clock: &FakeClock) -> Result<Self, OpenError> {
        Self::begin(folder.to_owned(), name, time_zone, clock, Arc::new(NoHost)).await
    }

    async fn begin(
        folder: PathBuf,
        name: &str,
        time_zone: &str,
        clock: &FakeClock,
        host: Arc<dyn EndpointHost>,
    ) -> Result<Self, OpenError> {
        let notifier = RecordingNotifier::default();
        let system_zone = FakeZone::new(time_zone);
        let keyring = FakeKeyring::default();
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
            endpoint_host: Arc::clone(host),
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

    /// Shares words.
    pub async fn shares(&self, text: &str) -> ItemId {
        self.share(Some(text.to_owned()), Vec::new()).await
    }

    /// Makes a photo ready to be shared.
    pub async fn prepares(&self, photo: &[u8]) -> PreparedPhoto {
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        std::fs::write(file.path(), photo).expect("a temporary file can be written");
        let source = PhotoSource::Path(file.path().display().to_string());
        match self.ask(Request::PreparePhoto { source }).await {
            Response::Photo(photo) => photo,
            other => panic!("expected a photo, not {other:?}"),
        }
    }

    /// Shares words with a photo.
    pub async fn shares_photo(&self, text: &str, photo: &[u8]) -> ItemId {
        let prepared = self.prepares(photo).await;
        let photos = vec![SharedPhoto {
            photo: prepared.photo,
            alt: None,
        }];
        self.share(Some(text.to_owned()), photos).await
    }

    /// Writes under something.
    pub async fn replies(&self, target: ItemId, text: &str) {
        let text = text.to_owned();
        self.ask(Request::Reply { target, text }).await;
    }

    async fn share(&self, text: Option<String>, photos: Vec<SharedPhoto>) -> ItemId {
        let request = Request::Share {
            text,
            photos,
            lifetime: Lifetime::Day,
            audience: Audience::Team,
        };
        match self.ask(request).await {
            Response::Shared { item } => item,
            other => panic!("expected a share, not {other:?}"),
        }
    }

    /// Thanks one person.
    pub async fn thanks(&self, to: MemberId, reason: &str) -> ItemId {
        let request = Request::GiveKudos {
            to: vec![to],
            reason: reason.to_owned(),
            value: None,
            audience: Audience::Team,
        };
        match self.ask(request).await {
            Response::Shared { item } => item,
            other => panic!("expected kudos, not {other:?}"),
        }
    }

    /// Goes into focus.
    pub async fn focuses(&self, minutes: u32) {
        self.ask(Request::StartFocus {
            end: FocusEnd::Minutes(minutes),
            note: None,
        })
        .await;
    }

    /// How things stand.
    pub async fn status(&self) -> Status {
        match self.ask(Request::Status).await {
            Response::Status(status) => *status,
            other => panic!("expected the status, not {other:?}"),
        }
    }

    /// The Today page.
    pub async fn today(&self) -> Today {
        match self.ask(Request::Today).await {
            Response::Today(today) => *today,
            other => panic!("expected the Today page, not {other:?}"),
        }
    }

    /// The People page, from today on.
    pub async fn people(&self) -> PeopleView {
        match self.ask(Request::People { at: None }).await {
            Response::People(people) => *people,
            other => panic!("expected the People page, not {other:?}"),
        }
    }

    /// Oneself.
    pub async fn me(&self) -> MemberId {
        self.status().await.team.expect("the desktop is in a team").me
    }

    /// Waits until the Today page is as wanted.
    pub async fn sees(&self, what: &str, is_there: impl Fn(&Today) -> bool) -> Today {
        let mut changes = self.core.changes();
        let seen = async {
            loop {
                let today = self.today().await;
                if is_there(&today) {
                    return today;
                }
                wait(&mut changes).await;
            }
        };
        let Ok(today) = tokio::time::timeout(PATIENCE, seen).await else {
            panic!("{} does not see {what}: {:#?}", self.name, self.today().await)
        };
        today
    }

    /// Waits for a snapshot with these words on the Today page.
    pub async fn sees_snapshot(&self, text: &str) -> SnapshotCard {
        let today = self
            .sees(&format!("the snapshot '{text}'"), |today| {
                find_snapshot(today, text).is_some()
            })
            .await;
        find_snapshot(&today, text).expect("it was just seen")
    }

    /// Waits for kudos with this reason on the Today page.
    pub async fn sees_kudos(&self, reason: &str) -> KudosCard {
        let find = |today: &Today| {
            entries(today).find_map(|entry| match entry {
                Entry::Kudos(card) if card.reason.contains(reason) => Some(card.clone()),
                _ => None,
            })
        };
        let today = self
            .sees(&format!("the kudos '{reason}'"), |today| find(today).is_some())
            .await;
        find(&today).expect("they were just seen")
    }

    /// Waits until the status is as wanted.
    pub async fn stands(&self, what: &str, is_so: impl Fn(&Status) -> bool) -> Status {
        let mut changes = self.core.changes();
        let stands = async {
            loop {
                let status = self.status().await;
                if is_so(&status) {
                    return status;
                }
                wait(&mut changes).await;
            }
        };
        let Ok(status) = tokio::time::timeout(PATIENCE, stands).await else {
            panic!("{} is not {what}: {:#?}", self.name, self.status().await)
        };
        status
    }

    /// Waits until it is connected.
    pub async fn is_online(&self) {
        self.stands("online", |status| status.connection == Connection::Online)
            .await;
    }

    /// Waits until it has noticed that it is not connected.
    pub async fn is_offline(&self) {
        self.stands("offline", |status| {
            matches!(status.connection, Connection::Offline { .. })
        })
        .await;
    }

    /// Waits until everything that was written is at the endpoint.
    pub async fn has_sent_everything(&self) {
        self.stands("done sending", |status| status.waiting.ops == 0).await;
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

async fn wait(changes: &mut broadcast::Receiver<Changed>) {
    // Having missed some changes is a change too.
    if let Err(broadcast::error::RecvError::Closed) = changes.recv().await {
        std::future::pending::<()>().await;
    }
}

fn entries(today: &Today) -> impl Iterator<Item = &Entry> {
    today.days.iter().flat_map(|day| &day.entries)
}

fn find_snapshot(today: &Today, text: &str) -> Option<SnapshotCard> {
    entries(today).find_map(|entry| match entry {
        Entry::Snapshot(card) if card.text.as_deref().is_some_and(|words| words.contains(text)) => Some(card.clone()),
        _ => None,
    })
}
