//! Everything that notification servers were asked to show on one bus, seen as a bystander sees it.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use futures_util::StreamExt as _;
use zbus::MatchRule;
use zbus::message::Type;
use zbus::zvariant::OwnedValue;

use super::Bus;
use crate::wait::eventually;

const INTERFACE: &str = "org.freedesktop.Notifications";

/// A notification that is, or was, on the screen.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The server's number for it.
    pub id: u32,
    /// Its title.
    pub title: String,
    /// Its words.
    pub body: String,
    /// Its buttons: name and label.
    pub buttons: Vec<(String, String)>,
    /// Whether it came with a picture.
    pub has_picture: bool,
    /// When the server had answered that it shows it.
    pub at: Instant,
}

impl Shown {
    /// The labels of its buttons.
    pub fn labels(&self) -> Vec<&str> {
        let labelled = self.buttons.iter().filter(|(name, _)| name != "default");
        labelled.map(|(_, label)| label.as_str()).collect()
    }
}

/// A server's call, until it answered.
type Asked = HashMap<(String, u32), Shown>;

/// What was shown so far, in order.
#[derive(Debug)]
pub struct Notifications {
    shown: Arc<Mutex<Vec<Shown>>>,
    connection: zbus::Connection,
    watching: tokio::task::JoinHandle<()>,
}

impl Notifications {
    /// Watches a bus from now on.
    pub async fn watch(bus: &Bus) -> zbus::Result<Self> {
        let connection = bus.connect().await?;
        let rules = [
            MatchRule::builder()
                .msg_type(Type::MethodCall)
                .interface(INTERFACE)?
                .member("Notify")?
                .build(),
            MatchRule::builder().msg_type(Type::MethodReturn).build(),
        ];
        zbus::fdo::MonitoringProxy::new(&connection)
            .await?
            .become_monitor(&rules, 0)
            .await?;
        let mut messages = zbus::MessageStream::from(connection);
        let shown = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&shown);
        let watching = tokio::spawn(async move {
            let mut asked = Asked::new();
            while let Some(Ok(message)) = messages.next().await {
                if let Some(done) = take(&mut asked, &message) {
                    list.lock().unwrap_or_else(PoisonError::into_inner).push(done);
                }
            }
        });
        Ok(Self {
            shown,
            connection: bus.connect().await?,
            watching,
        })
    }

    /// All that was shown.
    pub fn all(&self) -> Vec<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sweeps what is on the screen away, as a person does who has read it.
    pub async fn sweep(&self) -> io::Result<()> {
        for shown in self.all() {
            let which = (shown.id,);
            let closed = self.connection.call_method(
                Some(INTERFACE),
                "/org/freedesktop/Notifications",
                Some(INTERFACE),
                "CloseNotification",
                &which,
            );
            // One that has gone by itself is gone as well.
            let _ = closed.await;
        }
        Ok(())
    }

    /// The first one with this in its title or words, as soon as it is on the screen.
    pub async fn saying(&self, words: &str) -> io::Result<Shown> {
        let what = format!("a notification that says \"{words}\"");
        let found = eventually(&what, async || {
            self.all()
                .into_iter()
                .find(|shown| shown.title.contains(words) || shown.body.contains(words))
        });
        found.await.map_err(|error| {
            let said: Vec<_> = self.all().into_iter().map(|shown| (shown.title, shown.body)).collect();
            io::Error::new(error.kind(), format!("{error}; there were {said:?}"))
        })
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

/// Takes in one message; gives back a notification once the server has answered that it shows it.
fn take(asked: &mut Asked, message: &zbus::Message) -> Option<Shown> {
    let header = message.header();
    match header.message_type() {
        Type::MethodCall => {
            type Call = (
                String,
                u32,
                String,
                String,
                String,
                Vec<String>,
                HashMap<String, OwnedValue>,
                i32,
            );
            let (_, _, _, title, body, actions, hints, _): Call = message.body().deserialize().ok()?;
            let shown = Shown {
                id: 0,
                title,
                body,
                buttons: actions
                    .chunks_exact(2)
                    .map(|pair| (pair[0].clone(), pair[1].clone()))
                    .collect(),
                has_picture: ["image-path", "image-data", "image_path", "image_data"]
                    .iter()
                    .any(|hint| hints.contains_key(*hint)),
                at: Instant::now(),
            };
            let serial = header.primary().serial_num().get();
            asked.insert((header.sender()?.to_string(), serial), shown);
            None
        }
        Type::MethodReturn => {
            let key = (header.destination()?.to_string(), header.reply_serial()?.get());
            let shown = asked.remove(&key)?;
            Some(Shown {
                id: message.body().deserialize().unwrap_or_default(),
                at: Instant::now(),
                ..shown
            })
        }
        _ => None,
    }
}
