//! A desktop of a run: the real core on a real folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use samovar_core::Core;
use samovar_core::api::{Request, Response};
use samovar_core::parts::Parts;
use samovar_domain::Problem;
use samovar_testkit::{FakeKeyring, NoHost, RecordingNotifier};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::line::Line;
use crate::network::Network;
use crate::rows::{items, reads};
use crate::world::{Node, World};

struct Process {
    runtime: Runtime,
    core: Core,
}

/// What came of something that a person did.
pub(crate) enum Came {
    /// It is not known yet.
    Nothing,
    /// The desktop ended before it said so.
    Never,
    /// This.
    Answer(Result<Response, Problem>),
}

/// See the module.
pub(crate) struct Desktop {
    pub(crate) number: usize,
    world: World,
    network: Network,
    folder: PathBuf,
    clock_ahead: i64,
    keyring: FakeKeyring,
    process: Option<Process>,
}

impl Desktop {
    pub(crate) fn new(number: usize, world: &World, network: &Network, folder: &Path, clock_ahead: i64) -> Self {
        Self {
            number,
            world: world.clone(),
            network: network.clone(),
            folder: folder.join(format!("desktop-{number}")),
            clock_ahead,
            keyring: FakeKeyring::default(),
            process: None,
        }
    }

    fn node(&self) -> Node {
        Node::Desktop(self.number)
    }

    pub(crate) fn is_up(&self) -> bool {
        self.process.is_some()
    }

    pub(crate) fn starts(&mut self) {
        self.world.begins_again(self.node());
        self.world.note(format_args!("desktop {} starts", self.number));
        let clock = Arc::new(self.world.clock(self.clock_ahead));
        let parts = Parts {
            folder: self.folder.clone(),
            clock: clock.clone(),
            timer: clock,
            notifier: Arc::new(RecordingNotifier::default()),
            secrets: Arc::new(self.keyring.clone()),
            slack_api: "http://slack.example/".to_owned(),
            carrier: Arc::new(Line {
                network: self.network.clone(),
                world: self.world.clone(),
                desktop: self.number,
            }),
            endpoint_host: Arc::new(NoHost),
            downloads: self.folder.join("downloads"),
            device_name: format!("desktop {}", self.number),
            system_zone: Arc::new("Europe/Berlin".to_owned()),
            system_locale: "en".to_owned(),
        };
        let runtime = crate::runtime();
        let core = runtime.block_on(async {
            let core = Core::open_within(parts, Duration::from_millis(100)).await.unwrap();
            core.start();
            core
        });
        self.process = Some(Process { runtime, core });
    }

    /// Ends, as by a cut of the power.
    pub(crate) fn ends(&mut self) {
        self.world.note(format_args!("desktop {} is gone", self.number));
        if let Some(Process { runtime, core }) = self.process.take() {
            drop(runtime);
            drop(core);
        }
    }

    pub(crate) fn steps(&mut self, step: Duration) {
        let Some(process) = &self.process else { return };
        self.world.as_node(self.node(), || {
            process.runtime.block_on(async { tokio::time::sleep(step).await });
        });
        if self.world.has_ended(self.node()) {
            self.ends();
        }
    }

    /// A person does something; what comes of it comes later.
    pub(crate) fn does(&self, request: Request) -> oneshot::Receiver<Result<Response, Problem>> {
        let (answer, answered) = oneshot::channel();
        let process = self.process.as_ref().unwrap();
        let core = process.core.clone();
        process.runtime.spawn(async move {
            let _ = answer.send(core.call(request).await);
        });
        answered
    }

    /// Everything that this desktop knows of the team, and how far it has read: epoch and seq.
    pub(crate) fn has(&self) -> (Vec<Value>, Value) {
        let database = self.database();
        let cursor = database.query_row("SELECT value FROM facts WHERE name = 'cursor'", [], |row| {
            row.get::<_, String>(0)
        });
        let cursor = cursor
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        (items(&database, "body IS NOT NULL"), cursor)
    }

    /// Whose desktop it is.
    pub(crate) fn member(&self) -> Option<String> {
        let database = self.database();
        let member = database.query_row("SELECT value FROM facts WHERE name = 'member'", [], |row| {
            row.get::<_, String>(0)
        });
        serde_json::from_str(&member.ok()?).ok()
    }

    /// What waits, and what was refused: the words of each.
    pub(crate) fn keeps(&self) -> (Vec<String>, Vec<String>) {
        let database = self.database();
        let texts = |sql: &str| -> Vec<String> {
            let mut statement = database.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0));
            rows.unwrap().map(Result::unwrap).collect()
        };
        (
            texts("SELECT op FROM outbox ORDER BY n"),
            texts("SELECT words || ' ' || problem FROM refused ORDER BY n"),
        )
    }

    fn database(&self) -> rusqlite::Connection {
        reads(&self.folder.join("samovar.db"))
    }
}

/// Looks whether something came.
pub(crate) fn came(answered: &mut oneshot::Receiver<Result<Response, Problem>>) -> Came {
    match answered.try_recv() {
        Ok(answer) => Came::Answer(answer),
        Err(oneshot::error::TryRecvError::Empty) => Came::Nothing,
        Err(oneshot::error::TryRecvError::Closed) => Came::Never,
    }
}
