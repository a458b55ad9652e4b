//! A team with life in it: what the development host and screenshots show.

mod cards;
mod celebrations;
mod packages;

use std::error::Error;
use std::sync::Arc;

use samovar_core::Core;
use samovar_core::api::{FocusEnd, PhotoSource, ProfileChange, Question, Request, Response, SharedPhoto};
use samovar_core::parts::Parts;
use samovar_domain::hours::{Hours, Span};
use samovar_domain::kinds::{
    Activity, Answer, Away, Channel, Lifetime, Norms, PairOptIn, Rotate, Said, Series, Slot, Stance, Style, TeamValue,
    ThankMe, Travel, Voices, Weekday,
};
use samovar_domain::{Audience, Clock as _, ItemId, MemberId, SystemClock};
use tempfile::TempDir;

use crate::{NoHost, RecordingNotifier, photos};

type Failure = Box<dyn Error>;

/// Ana's colleagues, each at a desktop of their own.
pub struct Colleagues {
    /// Their cores, by name.
    pub cores: Vec<(&'static str, Core)>,
    /// Their folders, which go with them.
    pub profiles: Vec<TempDir>,
}

const NAMES: [(&str, &str); 4] = [
    ("Ben", "Europe/Helsinki"),
    ("Cleo", "Asia/Singapore"),
    ("Dee", "America/Los_Angeles"),
    ("Eli", "Europe/Berlin"),
];

/// Starts "Kitchen Table" on `core` with Ana as its owner, and has four others join and share.
pub async fn team(core: &Core) -> Result<Colleagues, Failure> {
    let start = Request::StartTeam {
        team: "Kitchen Table".into(),
        name: "Ana".into(),
        time_zone: None,
        hours: None,
    };
    core.call(start).await?;
    let mut colleagues = Colleagues {
        cores: Vec::new(),
        profiles: Vec::new(),
    };
    for (name, zone) in NAMES {
        let Response::Invite { link, .. } = core.call(Request::CreateInvite { uses: None }).await? else {
            return Err("no invite came".into());
        };
        let profile = tempfile::tempdir()?;
        let colleague = Core::open(Parts {
            folder: profile.path().to_owned(),
            clock: Arc::new(SystemClock),
            timer: samovar_core::reminder_driver::system_timer(Arc::new(SystemClock)),
            notifier: Arc::new(RecordingNotifier::default()),
            secrets: Arc::new(samovar_core::secrets::NoSecrets),
            slack_api: samovar_core::slack::API.to_owned(),
            carrier: Arc::new(samovar_core::carrier::Network),
            endpoint_host: Arc::new(NoHost),
            downloads: profile.path().join("downloads"),
            device_name: format!("{name}'s computer"),
            system_zone: Arc::new(zone.to_owned()),
            system_locale: "en".to_owned(),
        })
        .await?;
        colleague.start();
        colleague
            .call(Request::Join {
                link,
                name: name.into(),
                time_zone: None,
                hours: None,
            })
            .await?;
        colleagues.cores.push((name, colleague));
        colleagues.profiles.push(profile);
    }
    fill(core, &colleagues).await?;
    Ok(colleagues)
}

async fn fill(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), (_, eli)] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    eli.call(Request::StartFocus {
        end: FocusEnd::Minutes(50),
        note: None,
    })
    .await?;
    share(dee, "Rain on the tin roof, tests all green.", Some(photos::DESK)).await?;
    share(
        cleo,
        "Walked the long way round before the first call.",
        Some(photos::DOG),
    )
    .await?;
    let loaf = share(
        ben,
        "First loaf that did not collapse. The kitchen is my meeting room today.",
        Some(photos::KITCHEN),
    );
    let loaf = loaf.await?;
    let (to_ben, to_dee) = (me(ben).await?, me(dee).await?);
    let reason = "Thank you for staying up with me for the release. I would not have dared to press the button alone.";
    let kudos = Request::GiveKudos {
        to: vec![to_ben, to_dee],
        reason: reason.into(),
        value: None,
        audience: Audience::Team,
    };
    cleo.call(kudos).await?;
    thanks(core, colleagues).await?;
    packages::on_their_way(core, colleagues).await?;
    for plan in [teatime(), lunch()] {
        core.call(Request::SaveSeries {
            series: None,
            plan: plan.into(),
        })
        .await?;
    }
    for someone in [core, ben, cleo, dee] {
        someone
            .call(Request::SavePairWish {
                wish: Some(weekly_pair_calls()),
            })
            .await?;
    }
    lives(core, colleagues).await?;
    asks(core, colleagues).await?;
    celebrations::celebrate(core, colleagues).await?;
    for colleague in [ben, cleo, dee, eli] {
        colleague.flush(crate::PATIENCE).await;
    }
    core.flush(crate::PATIENCE).await;
    cleo.flush(crate::PATIENCE).await;
    dee.flush(crate::PATIENCE).await;
    cleo.call(Request::React {
        target: loaf,
        emoji: "😍".into(),
        on: true,
    })
    .await?;
    dee.call(Request::React {
        target: loaf,
        emoji: "🍞".into(),
        on: true,
    })
    .await?;
    dee.call(Request::Reply {
        target: loaf,
        text: "Save me a slice!".into(),
    })
    .await?;
    for colleague in [cleo, dee] {
        colleague.flush(crate::PATIENCE).await;
    }
    core.flush(crate::PATIENCE).await;
    cards::write(core, colleagues).await?;
    if let Response::Today(today) = core.call(Request::Today).await?
        && let Some(gathering) = today.gathering
    {
        core.call(Request::Answer {
            gathering: gathering.id,
            answer: Answer::Yes,
        })
        .await?;
    }
    Ok(())
}

/// What the team values, and some thanks for it; Eli likes thanks to stay between two.
async fn thanks(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), (_, eli)] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    let value = |name: &str, emoji: &str| TeamValue {
        id: name.to_lowercase(),
        name: name.into(),
        emoji: emoji.into(),
        retired_at: None,
    };
    let values = vec![value("Care", "🫖"), value("Craft", "🪡"), value("Candour", "🪟")];
    core.call(Request::SaveValues { values }).await?;
    let wish = ThankMe::BetweenUs;
    eli.call(Request::SaveKudosWish { wish }).await?;
    for colleague in [core, eli] {
        colleague.flush(crate::PATIENCE).await;
    }
    for (from, to, value, reason) in [
        (
            ben,
            core,
            "candour",
            "Thank you for telling us early that the plan would not hold. It saved us a bad week.",
        ),
        (
            dee,
            cleo,
            "craft",
            "The new map of the archive is a joy to read, down to the smallest label.",
        ),
        (
            core,
            dee,
            "care",
            "You noticed that I was tired before I did, and took the call with the printers.",
        ),
    ] {
        from.flush(crate::PATIENCE).await;
        from.call(Request::GiveKudos {
            to: vec![me(to).await?],
            reason: reason.into(),
            value: Some(value.into()),
            audience: Audience::Team,
        })
        .await?;
    }
    Ok(())
}

/// Two questions that wait: one of a colleague's, with open voices, and one's own, with hidden ones.
async fn asks(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), (_, eli)] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    let mut everyone = Vec::new();
    for someone in [core, ben, cleo, dee, eli] {
        everyone.push(me(someone).await?);
    }
    let question = |question: &str, context: Option<&str>, how, voices| Question {
        question: question.into(),
        context: context.map(Into::into),
        how,
        involved: everyone.clone(),
        voices,
        earliest_close: None,
        audience: Audience::Team,
    };
    let context =
        "**Mondays** are full of calls, and tea goes cold.\n\n- It stays *half an hour*\n- Its times still take turns";
    let teatime = question(
        "Shall we move teatime to Tuesdays?",
        Some(context),
        Style::ForAgainst,
        Voices::Open,
    );
    let teatime = ask(ben, teatime).await?;
    let options = ["Lisbon", "Oslo", "Lima"].map(str::to_owned).to_vec();
    let place = question(
        "Where do we meet next year?",
        None,
        Style::Ranked { options },
        Voices::Hidden,
    );
    let place = ask(core, place).await?;
    for someone in [ben, core, cleo, eli] {
        someone.flush(crate::PATIENCE).await;
    }
    let said = |stance, words: &str| Said {
        stance: Some(stance),
        words: Some(words.to_owned()),
        ..Said::default()
    };
    let late = said(Stance::MoreTalk, "It is midnight here by then. Could it be earlier?");
    speak(cleo, teatime, late).await?;
    speak(ben, teatime, said(Stance::For, "I bake on Mondays.")).await?;
    let ranking = vec![2, 0];
    speak(
        eli,
        place,
        Said {
            ranking,
            ..Said::default()
        },
    )
    .await
}

async fn ask(core: &Core, question: Question) -> Result<ItemId, Failure> {
    let question = Box::new(question);
    match core.call(Request::AskDecision { question }).await? {
        Response::Shared { item } => Ok(item),
        other => Err(format!("expected a question, not {other:?}").into()),
    }
}

async fn speak(core: &Core, decision: ItemId, said: Said) -> Result<(), Failure> {
    let said = Some(said);
    core.call(Request::GiveVoice { decision, said }).await?;
    Ok(())
}

/// Norms, hours as people have them, a journey and some days off.
async fn lives(core: &Core, colleagues: &Colleagues) -> Result<(), Failure> {
    let [(_, ben), (_, cleo), (_, dee), (_, eli)] = &colleagues.cores[..] else {
        return Err("four joined".into());
    };
    core.call(Request::SaveNorms { norms: norms() }).await?;
    let today = SystemClock.now().utc().date_naive();
    let day = |ahead: u64| today + chrono::Days::new(ahead);
    // It is yesterday still where some of them live.
    let yesterday = today - chrono::Days::new(1);
    profile(
        core,
        ProfileChange {
            pronouns: Some("she/her".into()),
            about: Some("I think best before lunch, and on the way to the market.".into()),
            ..ProfileChange::default()
        },
    )
    .await?;
    let journey = Travel {
        from: yesterday,
        until: day(4),
        time_zone: "Europe/Lisbon".into(),
        hours: None,
    };
    profile(
        ben,
        ProfileChange {
            hours: Some(weekly("08:00-12:00", Some("13:00-16:30"))),
            pronouns: Some("he/him".into()),
            about: Some("Bakes bread, breaks builds. Mornings are for code; call me in the afternoon.".into()),
            travel: Some(vec![journey]),
            ..ProfileChange::default()
        },
    )
    .await?;
    // Her evening is the others' day.
    profile(
        cleo,
        ProfileChange {
            hours: Some(weekly("15:00-23:30", None)),
            about: Some("Up late by choice.".into()),
            ..ProfileChange::default()
        },
    )
    .await?;
    let off = Away {
        from: yesterday,
        back_on: day(3),
        note: Some("Moving house".into()),
    };
    profile(
        dee,
        ProfileChange {
            away: Some(vec![off]),
            pronouns: Some("they/them".into()),
            ..ProfileChange::default()
        },
    )
    .await?;
    // Across midnight.
    profile(
        eli,
        ProfileChange {
            hours: Some(weekly("10:00-13:00", Some("20:00-01:00"))),
            ..ProfileChange::default()
        },
    )
    .await
}

fn norms() -> Norms {
    let channel = |name: &str, when: &str, hours| Channel {
        name: name.into(),
        when: when.into(),
        reply_within_hours: hours,
    };
    Norms {
        channels: vec![
            channel("Chat", "For what is needed today.", Some(4)),
            channel("Mail", "For what can wait until tomorrow.", Some(16)),
            channel("Wiki", "For what is to be found again.", None),
        ],
        meetings: "Cameras are optional. Whoever could not come reads the notes, and may say no to what was decided for two days."
            .into(),
        no_reply_off_hours: true,
    }
}

fn weekly(first: &str, second: Option<&str>) -> Hours {
    let spans: Vec<Span> = [Some(first), second]
        .into_iter()
        .flatten()
        .filter_map(|span| span.parse().ok())
        .collect();
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    Hours(days.into_iter().map(|day| (day, spans.clone())).collect())
}

async fn profile(core: &Core, change: ProfileChange) -> Result<(), Failure> {
    core.call(Request::ChangeProfile { change }).await?;
    Ok(())
}

/// A pair call every week, about bread among other things.
fn weekly_pair_calls() -> PairOptIn {
    PairOptIn {
        every_weeks: 1,
        paused_until: None,
        skip_week: None,
        topics: vec!["Bread".to_owned(), "Maps".to_owned()],
        not_with: Vec::new(),
    }
}

/// A lunch every two weeks, at times that take turns, in a Jitsi room of its own.
fn lunch() -> Series {
    Series {
        note: Some("Bring whatever you eat where you are, be it breakfast.".to_owned()),
        more_slots: vec![
            Slot::new(Weekday::Wed, "15:00", "America/Lima"),
            Slot::new(Weekday::Thu, "12:00", "Asia/Singapore"),
        ],
        rotate: Rotate::Each,
        every_weeks: 2,
        jitsi: Some("https://meet.jit.si".to_owned()),
        rooms: true,
        prompts: vec!["What is on your plate, and who taught you to make it?".to_owned()],
        ..Series::weekly(
            Activity::Lunch,
            "Lunch around the world",
            Slot::new(Weekday::Tue, "12:00", "Europe/Berlin"),
            45,
        )
    }
}

/// A teatime that begins within the next half hour, whatever the day.
fn teatime() -> Series {
    let soon = SystemClock.now().plus_minutes(18).utc();
    Series {
        link: Some("https://meet.example.org/kitchen-table".into()),
        ..Series::weekly(
            Activity::Teatime,
            "Teatime",
            Slot::new(Weekday::of(soon.date_naive()), &soon.format("%H:%M").to_string(), "UTC"),
            30,
        )
    }
}

async fn me(core: &Core) -> Result<MemberId, Failure> {
    match core.call(Request::Status).await? {
        Response::Status(status) => Ok(status.team.ok_or("in no team")?.me),
        other => Err(format!("expected the status, not {other:?}").into()),
    }
}

async fn share(core: &Core, text: &str, photo: Option<&[u8]>) -> Result<ItemId, Failure> {
    let mut photos = Vec::new();
    if let Some(photo) = photo {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), photo)?;
        let source = PhotoSource::Path(file.path().display().to_string());
        if let Response::Photo(photo) = core.call(Request::PreparePhoto { source }).await? {
            photos.push(SharedPhoto {
                photo: photo.photo,
                alt: None,
            });
        }
    }
    let request = Request::Share {
        text: Some(text.to_owned()),
        photos,
        lifetime: Lifetime::Day,
        audience: Audience::Team,
    };
    match core.call(request).await? {
        Response::Shared { item } => Ok(item),
        other => Err(format!("expected a share, not {other:?}").into()),
    }
}
