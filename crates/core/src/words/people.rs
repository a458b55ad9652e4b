//! Decisions, packages, cards and celebrations in words.

use chrono_tz::Tz;
use samovar_domain::Timestamp;
use samovar_domain::decisions::Stage;
use samovar_domain::kinds::Celebrated;
use samovar_domain::notices::About;
use samovar_domain::reminders::What;

use super::notifications::{Text, shortened};
use super::{FluentValue, Names, Words};

impl Words {
    /// A reminder of a decision, a package or a celebration, at `now` in the person's own zone. `None` for others.
    pub fn people_news(&self, what: &What, now: Timestamp, zone: Tz, names: &dyn Names) -> Option<Text> {
        Some(match what {
            What::VoiceWanted {
                from, question, stage, ..
            } => {
                let title = match stage {
                    Stage::Asked => "notify-voice-asked-title",
                    Stage::Half => "notify-voice-half-title",
                    Stage::DayBefore => "notify-voice-day-before-title",
                };
                Text {
                    title: self.say(title, &[("name", self.name_of(*from, names).into())]),
                    body: shortened(question),
                }
            }
            What::PackageAsks { from, words, .. } => Text {
                title: self.say(
                    "notify-package-asks-title",
                    &[("name", self.name_of(*from, names).into())],
                ),
                body: shortened(words),
            },
            What::Celebration { notice, .. } => {
                let today = now.utc().with_timezone(&zone).date_naive();
                let name = FluentValue::from(self.name_of(notice.member, names));
                let days = FluentValue::from((notice.on - today).num_days().max(-1));
                let (title, years) = match notice.celebrated {
                    Celebrated::Birthday => ("notify-birthday-title", 0),
                    Celebrated::Anniversary { years } => ("notify-anniversary-title", years),
                };
                let body = if notice.ahead {
                    "notify-celebration-ahead-body"
                } else {
                    "notify-celebration-today-body"
                };
                Text {
                    title: self.say(title, &[("name", name), ("days", days), ("years", years.into())]),
                    body: self.say(body, &[]),
                }
            }
            _ => return None,
        })
    }

    /// What came of a decision, a package or a card. `None` for other notices.
    pub(super) fn people_notice(&self, about: &About, names: &dyn Names) -> Option<Text> {
        let say = |key: &str| self.say(key, &[("name", self.name_of(about.from(), names).into())]);
        Some(match about {
            About::DecisionClosed { question, words, .. } => Text {
                title: self.say(
                    "notify-decision-closed-title",
                    &[("question", question.as_str().into())],
                ),
                body: shortened(words),
            },
            About::PackageAgreed { words, .. } => Text {
                title: say("notify-package-agreed-title"),
                body: shortened(words),
            },
            About::PackageReceived { words, .. } => Text {
                title: say("notify-package-received-title"),
                body: words.as_deref().map(shortened).unwrap_or_default(),
            },
            About::GroupCard { to, title, .. } => {
                let whom = ("to", self.name_of(*to, names).into());
                Text {
                    title: self.say("notify-group-card-title", &[whom]),
                    body: shortened(title),
                }
            }
            About::CardForMe { title, .. } => Text {
                title: say("notify-card-for-me-title"),
                body: shortened(title),
            },
            _ => return None,
        })
    }
}
