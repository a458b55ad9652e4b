//! Pair calls in words: what is told of them, and why just these two.

use chrono_tz::Tz;
use samovar_domain::kinds::{PairReason, Unmatched};
use samovar_domain::reminders::What;
use samovar_domain::{MemberId, Timestamp};

use super::notifications::Text;
use super::{FluentValue, Names, Words};

impl Words {
    fn others(&self, members: &[MemberId], names: &dyn Names) -> String {
        let names: Vec<String> = members
            .iter()
            .map(|member| names.name(*member).unwrap_or_else(|| self.say("someone", &[])))
            .collect();
        self.join_names(&names)
    }

    /// What a pair call is called, as a gathering.
    pub fn pair_call(&self, with: &[MemberId], names: &dyn Names) -> String {
        self.say("pair-call-with", &[("names", self.others(with, names).into())])
    }

    /// News of pair calls and of what people do for each other, at `now` in the person's own zone. `None` for other reminders.
    pub fn pair_news(&self, what: &What, now: Timestamp, zone: Tz, names: &dyn Names) -> Option<Text> {
        let plain = |title: &str, body: &str| Text {
            title: self.say(title, &[]),
            body: self.say(body, &[]),
        };
        Some(match what {
            What::PairDraw { draw_at, .. } => {
                let day = |at: Timestamp| at.utc().with_timezone(&zone).date_naive();
                let time = draw_at.utc().with_timezone(&zone).format("%H:%M").to_string();
                let title = match (day(*draw_at) - day(now)).num_days() {
                    0 => "notify-pair-draw-today-title",
                    1 => "notify-pair-draw-tomorrow-title",
                    _ => "notify-pair-draw-title",
                };
                Text {
                    title: self.say(title, &[("time", time.into())]),
                    body: self.say("notify-pair-draw-body", &[]),
                }
            }
            What::Paired { with, times, .. } => {
                let names = FluentValue::from(self.others(with, names));
                let times = FluentValue::from(*times);
                Text {
                    title: self.say("notify-paired-title", &[("names", names)]),
                    body: self.say("notify-paired-body", &[("times", times), ("others", with.len().into())]),
                }
            }
            What::NobodyToMeet { .. } => plain("notify-pair-nobody-title", "notify-pair-nobody-body"),
            What::IceBreaker { with, .. } => {
                let names = FluentValue::from(self.others(with, names));
                Text {
                    title: self.say("notify-pair-ice-title", &[("names", names)]),
                    body: self.say("notify-pair-ice-body", &[]),
                }
            }
            What::PausePairs { .. } => plain("notify-pair-pause-title", "notify-pair-pause-body"),
            _ => return self.people_news(what, now, zone, names),
        })
    }

    /// Why just these were drawn: "You share 5 hours this week and have not met for 9 weeks".
    pub fn pair_reason(&self, why: &PairReason) -> String {
        let hours = why.shared_minutes / 60;
        match why.weeks_since_met {
            Some(weeks) => self.say("pair-why-met", &[("hours", hours.into()), ("weeks", weeks.into())]),
            None => self.say("pair-why-never-met", &[("hours", hours.into())]),
        }
    }

    /// Why somebody was not drawn.
    pub fn unmatched(&self, why: Unmatched) -> String {
        let key = match why {
            Unmatched::Paused => "pair-unmatched-paused",
            Unmatched::Away => "pair-unmatched-away",
            Unmatched::NotTheirWeek => "pair-unmatched-not-their-week",
            Unmatched::NobodyLeft => "pair-unmatched-nobody-left",
        };
        self.say(key, &[])
    }
}
