//! The channel where a team talks, as a stand-in of Slack on this computer that takes what Slack's documents describe.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use samovar_domain::wire::MirrorTarget;
use samovar_server::operate_mirrors::Reach;
use samovar_testkit::{FakeClock, MirrorStandIn};

use crate::people::Team;
use crate::process::built;
use crate::wait::eventually;

/// See the module. It ends when it is dropped.
pub struct Channel(MirrorStandIn);

impl Channel {
    /// Opens one, and sets up a mirror there as an operator does, beside the running endpoint.
    pub async fn open(team: &Team) -> io::Result<Self> {
        let clock = FakeClock::at(&team.now().to_string());
        let stand_in = MirrorStandIn::start("slack_webhook", &clock).await;
        let MirrorTarget::SlackWebhook { url } = stand_in.target() else {
            return Err(io::Error::other("this is no webhook of Slack"));
        };
        let mut adding = Command::new(built("samovar-server")?)
            .args(["mirror", "add", "slack-webhook", "--name", "Our Slack", "--data"])
            .arg(team.data())
            .env(Reach::HERE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = adding.stdin.take() {
            input.write_all(url.as_bytes())?;
        }
        let added = adding.wait_with_output()?;
        if added.status.success() {
            Ok(Self(stand_in))
        } else {
            Err(io::Error::other(String::from_utf8_lossy(&added.stderr).into_owned()))
        }
    }

    /// Waits until these words stand there, and answers all of their message.
    pub async fn says(&self, words: &str) -> io::Result<String> {
        let what = format!("the channel to say \"{words}\"");
        let said = eventually(&what, async || {
            self.0.texts().into_iter().find(|text| text.contains(words))
        });
        said.await.map_err(|error| {
            io::Error::other(format!(
                "{error}; it says {:?}; complaints: {:?}",
                self.0.texts(),
                self.0.complaints()
            ))
        })
    }

    /// Everything that stands there.
    pub fn texts(&self) -> Vec<String> {
        self.0.texts()
    }
}
