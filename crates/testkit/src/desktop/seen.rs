//! What a person sees on their desktop, and waits for.

use samovar_core::api::{
    Changed, Connection, Entry, KudosCard, PeopleView, Request, Response, SnapshotCard, Status, Today,
};
use samovar_domain::MemberId;
use tokio::sync::broadcast;

use super::Desktop;
use crate::PATIENCE;

impl Desktop {
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
