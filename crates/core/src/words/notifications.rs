//! Notifications in words: what was noticed, what is due, what was held.

use chrono_tz::Tz;
use samovar_domain::digest::Digest;
use samovar_domain::notices::{About, Notice};
use samovar_domain::reminders::{Announced, Reminder, What};
use samovar_domain::{MemberId, Timestamp};

use super::{FluentValue, Names, Words};

/// The longest body: some three lines of any notification server.
const BODY_CHARACTERS: usize = 240;
/// What is further ahead than this is told by its time of day, not by the minutes that are left.
const FAR_MINUTES: u64 = 90;

/// A notification's title and body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// One line.
    pub title: String,
    /// A few lines; may be empty.
    pub body: String,
}

/// Cuts words to what a notification can show, at the end of a word where there is one.
pub(super) fn shortened(words: &str) -> String {
    let words = words.trim();
    let Some((end, _)) = words.char_indices().nth(BODY_CHARACTERS) else {
        return words.to_owned();
    };
    let cut = &words[..end];
    let at_word = cut
        .rfind(char::is_whitespace)
        .filter(|space| *space > end / 2)
        .map_or(cut, |space| &cut[..space]);
    format!("{}…", at_word.trim_end())
}

fn time_of_day(at: Timestamp, zone: Tz) -> String {
    at.utc().with_timezone(&zone).format("%H:%M").to_string()
}

impl Words {
    pub(super) fn name_of(&self, member: MemberId, names: &dyn Names) -> String {
        names.name(member).unwrap_or_else(|| self.say("someone", &[]))
    }

    fn names_of(&self, members: &[MemberId], names: &dyn Names) -> String {
        self.join_names(
            &members
                .iter()
                .map(|member| self.name_of(*member, names))
                .collect::<Vec<_>>(),
        )
    }

    /// A notice in words.
    pub fn notice(&self, notice: &Notice, names: &dyn Names) -> Text {
        let name = FluentValue::from(self.name_of(notice.about.from(), names));
        match &notice.about {
            About::Snapshot { text, photos, .. } => Text {
                title: self.say("notify-snapshot-title", &[("name", name)]),
                body: text.as_deref().map_or_else(
                    || self.say("notify-snapshot-photos", &[("count", photos.len().into())]),
                    shortened,
                ),
            },
            About::Kudos {
                to_me: true, reason, ..
            } => Text {
                title: self.say("notify-kudos-to-me-title", &[("name", name)]),
                body: shortened(reason),
            },
            About::Kudos { to, reason, .. } => {
                let thanked = self.names_of(to, names).into();
                let title = self.say("notify-kudos-to-others-title", &[("name", name), ("names", thanked)]);
                Text {
                    title,
                    body: shortened(reason),
                }
            }
            About::Reply { text, target_kind, .. } => {
                let kind = target_kind.as_str().into();
                Text {
                    title: self.say("notify-reply-title", &[("name", name), ("kind", kind)]),
                    body: shortened(text),
                }
            }
            About::BreakThrough { reason, .. } => Text {
                title: self.say("notify-break-through-title", &[("name", name)]),
                body: shortened(reason),
            },
            About::DecisionClosed { .. }
            | About::PackageAgreed { .. }
            | About::PackageReceived { .. }
            | About::GroupCard { .. }
            | About::CardForMe { .. } => self.people_notice(&notice.about, names).unwrap_or_default(),
            About::Reaction { emoji, target_kind, .. } => {
                let kind = target_kind.as_str().into();
                Text {
                    title: self.say("notify-reaction-title", &[("name", name), ("kind", kind)]),
                    body: emoji.clone(),
                }
            }
        }
    }

    /// A gathering's reminder in words, at `now`, in the person's own zone. `None` for other reminders.
    pub fn reminder(&self, reminder: &Reminder, now: Timestamp, zone: Tz) -> Option<Text> {
        match &reminder.what {
            What::GatheringSoon(gathering) | What::GatheringStarts(gathering) => {
                Some(self.gathering(gathering, now, zone))
            }
            What::GatheringEnds(gathering) => Some(self.gathering_ends(gathering, zone)),
            _ => None,
        }
    }

    /// The nudge to share a snapshot.
    pub fn snapshot_prompt(&self) -> Text {
        Text {
            title: self.say("notify-snapshot-prompt-title", &[]),
            body: self.say("notify-snapshot-prompt-body", &[]),
        }
    }

    /// That a gathering ends soon, in words, in the person's own zone.
    pub fn gathering_ends(&self, gathering: &Announced, zone: Tz) -> Text {
        let title = FluentValue::from(gathering.title.as_str());
        let end = time_of_day(gathering.ends_at, zone).into();
        Text {
            title: self.say("notify-gathering-ends-title", &[]),
            body: self.say("notify-gathering-ends-body", &[("title", title), ("end", end)]),
        }
    }

    /// A gathering's announcement in words, at `now`, in the person's own zone.
    pub fn gathering(&self, gathering: &Announced, now: Timestamp, zone: Tz) -> Text {
        let title = FluentValue::from(gathering.title.as_str());
        let minutes = gathering.starts_at.since(now).as_secs().div_ceil(60);
        let day = |at: Timestamp| at.utc().with_timezone(&zone).date_naive();
        let title = if minutes > FAR_MINUTES {
            let key = if day(now) == day(gathering.starts_at) {
                "notify-gathering-today-title"
            } else {
                "notify-gathering-tomorrow-title"
            };
            let time = time_of_day(gathering.starts_at, zone).into();
            self.say(key, &[("title", title), ("time", time)])
        } else if minutes > 0 {
            self.say(
                "notify-gathering-soon-title",
                &[("title", title), ("minutes", minutes.into())],
            )
        } else if now.since(gathering.starts_at).as_secs() < 120 {
            self.say("notify-gathering-starts-title", &[("title", title)])
        } else {
            self.say("notify-gathering-on-title", &[("title", title)])
        };
        let key = if gathering.link.is_some() {
            "notify-gathering-body"
        } else {
            "notify-gathering-body-no-link"
        };
        let start = time_of_day(gathering.starts_at, zone).into();
        let end = time_of_day(gathering.ends_at, zone).into();
        let mut body = self.say(key, &[("start", start), ("end", end)]);
        if gathering.camera_optional {
            body.push('\n');
            body.push_str(&self.say("notify-camera-optional", &[]));
        }
        Text { title, body }
    }

    /// What was held in words, at `now`, in the person's own zone; `after_focus` says that a focus held it.
    pub fn digest(&self, digest: &Digest, after_focus: bool, now: Timestamp, zone: Tz, names: &dyn Names) -> Text {
        let tallies = [
            ("notify-digest-break-throughs", &digest.break_throughs),
            ("notify-digest-snapshots", &digest.snapshots),
            ("notify-digest-kudos-to-me", &digest.kudos_to_me),
            ("notify-digest-kudos-to-others", &digest.kudos_to_others),
            ("notify-digest-replies", &digest.replies),
            ("notify-digest-reactions", &digest.reactions),
            ("notify-digest-people", &digest.people),
        ];
        // What cannot wait comes first: there may be room for one line only.
        let gatherings = digest.gatherings.iter().map(|gathering| {
            let title = ("title", FluentValue::from(gathering.title.as_str()));
            if gathering.starts_at <= now {
                self.say("notify-digest-gathering-on", &[title])
            } else {
                let time = time_of_day(gathering.starts_at, zone).into();
                self.say("notify-digest-gathering-ahead", &[title, ("time", time)])
            }
        });
        let news = tallies
            .into_iter()
            .filter(|(_, tally)| tally.count > 0)
            .map(|(key, tally)| {
                let from = self.names_of(&tally.from, names).into();
                self.say(key, &[("count", tally.count.into()), ("names", from)])
            });
        let pairs = digest
            .pairs
            .iter()
            .filter_map(|what| Some(self.pair_news(what, now, zone, names)?.title));
        let parts: Vec<String> = gatherings.chain(pairs).chain(news).collect();
        let title = if after_focus {
            "notify-digest-focus-title"
        } else {
            "notify-digest-title"
        };
        Text {
            title: self.say(title, &[]),
            body: parts.join(&self.say("notify-digest-separator", &[])),
        }
    }
}

#[cfg(test)]
mod tests {
    use samovar_domain::ItemId;
    use samovar_domain::digest::{Held, Tally};

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn member(name: &str) -> MemberId {
        MemberId::derived(&[name])
    }

    fn known(id: MemberId) -> Option<String> {
        ["Ana", "Ben", "Cleo", "Dee"]
            .into_iter()
            .find(|name| member(name) == id)
            .map(str::to_owned)
    }

    fn notice(about: About) -> Notice {
        let item = ItemId::derived(&["item"]);
        Notice {
            key: format!("snapshot:{item}"),
            about,
            item,
            at: time("2026-11-23T09:30:00Z"),
        }
    }

    fn teatime() -> Announced {
        Announced {
            gathering: ItemId::derived(&["tea"]),
            title: "Teatime".to_owned(),
            starts_at: time("2026-11-23T15:00:00Z"),
            ends_at: time("2026-11-23T15:30:00Z"),
            link: Some("https://meet.example/tea".to_owned()),
            answered_yes: false,
            answered_maybe: false,
            camera_optional: false,
        }
    }

    #[test]
    fn a_snapshot_tells_its_words_or_that_it_is_a_photo() {
        let words = Words::for_locale("en");
        let said = words.notice(
            &notice(About::Snapshot {
                from: member("Ben"),
                text: Some("Fresh bread".to_owned()),
                photos: Vec::new(),
            }),
            &known,
        );
        assert_eq!(
            said,
            Text {
                title: "Ben shared a snapshot".to_owned(),
                body: "Fresh bread".to_owned()
            }
        );
        let photo = samovar_domain::kinds::Photo {
            blob: samovar_domain::BlobHash::of(b"photo"),
            thumb: None,
            width: 8,
            height: 6,
            thumbhash: String::new(),
            alt: None,
        };
        let said = words.notice(
            &notice(About::Snapshot {
                from: member("Ben"),
                text: None,
                photos: vec![photo],
            }),
            &known,
        );
        assert_eq!(said.body, "A photo");
    }

    #[test]
    fn kudos_name_their_giver_and_somebody_who_left_is_someone() {
        let words = Words::for_locale("en");
        let kudos = |from, to_me, to: &[&str]| {
            let to = to.iter().map(|name| member(name)).collect();
            words.notice(
                &notice(About::Kudos {
                    from,
                    to_me,
                    to,
                    reason: "For the calm release".to_owned(),
                }),
                &known,
            )
        };
        assert_eq!(kudos(member("Cleo"), true, &["Ana", "Ben"]).title, "Kudos from Cleo");
        assert_eq!(
            kudos(member("Cleo"), false, &["Ben", "Dee"]).title,
            "Cleo thanks Ben and Dee"
        );
        assert_eq!(kudos(member("gone"), true, &["Ana"]).title, "Kudos from Someone");
        assert_eq!(kudos(member("Cleo"), true, &["Ana"]).body, "For the calm release");
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        let long = "word ".repeat(400);
        let cut = shortened(&long);
        assert!(
            cut.ends_with("word…") && cut.chars().count() <= BODY_CHARACTERS + 1,
            "{cut}"
        );
        assert_eq!(shortened(&"🫖".repeat(500)).chars().count(), BODY_CHARACTERS + 1);
    }

    #[test]
    fn a_gathering_tells_how_long_it_still_is_and_when_it_begins() {
        let words = Words::for_locale("en");
        let berlin = Tz::Europe__Berlin;
        let at = |now: &str| words.gathering(&teatime(), time(now), berlin);
        assert_eq!(at("2026-11-23T14:50:00Z").title, "Teatime in 10 minutes");
        assert_eq!(at("2026-11-23T14:50:00Z").body, "16:00 to 16:30");
        assert_eq!(at("2026-11-23T14:59:10Z").title, "Teatime in 1 minute");
        assert_eq!(at("2026-11-23T15:00:00Z").title, "Teatime begins");
        assert_eq!(at("2026-11-23T15:09:00Z").title, "Teatime is on");
    }

    #[test]
    fn the_digest_sums_up_a_focus_in_one_line() {
        let words = Words::for_locale("en");
        let from = |names: &[&str]| Tally {
            count: names.len(),
            from: names.iter().map(|name| member(name)).collect(),
        };
        let digest = Digest {
            snapshots: from(&["Ben", "Cleo"]),
            kudos_to_me: from(&["Dee"]),
            ..Digest::default()
        };
        let now = time("2026-11-23T15:05:00Z");
        let said = words.digest(&digest, true, now, Tz::UTC, &known);
        assert_eq!(said.title, "While you were heads down");
        assert_eq!(said.body, "2 snapshots from Ben and Cleo · kudos from Dee");
        let reminder = Reminder {
            key: "gathering-starts:0:x".to_owned(),
            at: now,
            useless_after: None,
            what: What::GatheringStarts(teatime()),
        };
        let said = words.digest(
            &Digest::of(&[Held::Reminder(reminder)], now),
            false,
            now,
            Tz::UTC,
            &known,
        );
        assert_eq!(
            said,
            Text {
                title: "While it was quiet".to_owned(),
                body: "Teatime is on".to_owned()
            }
        );
    }

    #[test]
    fn german_says_it_too() {
        let words = Words::for_locale("de-CH");
        assert_eq!(
            words.gathering(&teatime(), time("2026-11-23T14:50:00Z"), Tz::UTC).title,
            "Teatime in 10 Minuten"
        );
    }
}
