//! One arm a request; the work is done by the module of its subject.

use std::sync::Arc;

use samovar_domain::kinds::Series;
use samovar_domain::wire::InviteRequest;
use samovar_domain::{Audience, ItemId, Kind, Problem};

use crate::api::{Changed, PauseEnd, Request, Response};
use crate::core::Inner;
use crate::endpoint::CallError;
use crate::store::fact;
use crate::{
    break_through, calendar_feed, celebrations, decisions, focus, gatherings, group_cards, held, i_spy, kudos, missed,
    own_calendar, packages, pairs, people, photo_requests, pressed, printing, privacy, pulse, settings, setup, showing,
    slack_token, system_zone, take_back, writes,
};

/// Does what is asked.
#[expect(
    clippy::too_many_lines,
    reason = "an arm for each request, which the compiler counts, and nothing else"
)]
pub(crate) async fn answer(inner: &Arc<Inner>, request: Request) -> Result<Response, Problem> {
    match request {
        Request::Status => showing::status(inner).await,
        Request::Today => showing::today(inner).await,
        Request::People { at } => people::people(inner, at).await,
        Request::Norms => people::norms(inner).await,
        Request::SaveNorms { norms } => people::save_norms(inner, &norms).await,
        Request::Zones => Ok(Response::Zones {
            time_zones: crate::views::zone_names(),
        }),
        Request::Clocks { time_zones } => people::clocks(inner, &time_zones),
        Request::AnswerZone {
            time_zone,
            answer: said,
        } => system_zone::answer(inner, time_zone, said).await,
        Request::PreviewInvite { link } => setup::preview(inner, &link).await,
        Request::Join {
            link,
            name,
            time_zone,
            hours,
        } => setup::join(inner, &link, &name, time_zone, hours).await,
        Request::StartTeam {
            team,
            name,
            time_zone,
            hours,
        } => setup::start_team(inner, &team, &name, time_zone, hours).await,
        Request::PreparePhoto { source } => photo_requests::prepare(inner, source).await,
        Request::DiscardPhoto { photo } => discard_photo(inner, photo).await,
        Request::Share {
            text,
            photos,
            lifetime,
            audience,
        } => writes::share(inner, text, photos, lifetime, audience).await,
        Request::GiveKudos {
            to,
            reason,
            value,
            audience,
        } => kudos::give(inner, to, reason, value, audience).await,
        Request::EditKudos { item, reason, value } => kudos::edit(inner, item, reason, value).await,
        Request::HideKudos { item } => kudos::hide(inner, item).await,
        Request::KudosWall { query } => kudos::wall(inner, query).await,
        Request::FetchOlderKudos => kudos::fetch_older(inner).await,
        Request::KudosDesk => kudos::desk(inner).await,
        Request::SaveKudosWish { wish } => kudos::save_wish(inner, wish).await,
        Request::SaveValues { values } => kudos::save_values(inner, values).await,
        Request::Missed { since } => missed::page(inner, since).await,
        Request::DismissMissed => missed::dismiss(inner).await,
        Request::Delete { item } => writes::delete(inner, item).await,
        Request::TakeBack { item } => take_back::take_back(inner, item).await,
        Request::React { target, emoji, on } => writes::react(inner, target, &emoji, on).await,
        Request::Reply { target, text } => writes::reply(inner, target, text).await,
        Request::StartFocus { end, note } => focus::start(inner, &end, note).await,
        Request::EndFocus => focus::end(inner).await,
        Request::BreakThrough { to, reason } => break_through::send(inner, to, reason).await,
        Request::Waiting => held::list(inner).await,
        Request::DeliverWaiting => held::deliver_now(inner).await,
        Request::ConnectSlack { token, in_file } => slack_token::connect(inner, &token, in_file).await,
        Request::RemoveSlack => slack_token::remove(inner).await,
        Request::Answer { gathering, answer } => writes::rsvp(inner, gathering, answer).await,
        Request::JoinGathering { gathering } => {
            let effect = pressed::join(inner, gathering).await?;
            Ok(Response::Effect { effect })
        }
        Request::SaveSeries { series, plan } => save_series(inner, series, *plan).await,
        Request::Gatherings => showing::gatherings(inner).await,
        Request::CancelGathering { gathering, off } => gatherings::cancel(inner, gathering, off).await,
        Request::SavePairWish { wish } => pairs::save_wish(inner, wish).await,
        Request::SkipPairWeek { week, skip } => pairs::skip(inner, week, skip).await,
        Request::SavePairDraw { draw } => pairs::save_draw(inner, &draw).await,
        Request::AnswerPairing { pairing, times } => pairs::answer(inner, pairing, times).await,
        Request::ISpy { gathering } => i_spy::card(inner, gathering).await,
        Request::MarkISpy { gathering, square, on } => i_spy::mark(inner, gathering, square, on).await,
        Request::Decisions => showing::decisions(inner).await,
        Request::AskDecision { question } => decisions::ask(inner, *question).await,
        Request::GiveVoice { decision, said } => decisions::speak(inner, decision, said).await,
        Request::CloseDecision { decision, words } => decisions::close(inner, decision, words).await,
        Request::WithdrawDecision { decision } => decisions::withdraw(inner, decision).await,
        Request::SaveDecisionRules { working_hours, hours } => decisions::set_rules(inner, working_hours, hours).await,
        Request::DecisionDraft => decisions::draft(inner).await,
        Request::SaveDecisionDraft { draft } => decisions::save_draft(inner, *draft).await,
        Request::Packages => showing::packages(inner).await,
        Request::Package { deed } => packages::answer(inner, deed).await,
        Request::Pulse => pulse::card(inner).await,
        Request::AnswerPulse { round, answer } => pulse::answer(inner, round, answer).await,
        Request::PutPulseAway { round } => pulse::put_away(inner, round).await,
        Request::SavePulse { settings } => pulse::save(inner, settings).await,
        Request::Celebrations => celebrations::all(inner).await,
        Request::Celebration => celebrations::page(inner).await,
        Request::SaveCelebration { celebration } => celebrations::save(inner, celebration).await,
        Request::SaveCelebrationRules {
            coordinators,
            lead_days,
        } => celebrations::set_rules(inner, &coordinators, lead_days).await,
        Request::GroupCards => group_cards::cards(inner).await,
        Request::BeginGroupCard { to, occasion, title } => group_cards::begin(inner, to, occasion, title).await,
        Request::WriteCardLine {
            card,
            text,
            doodle,
            photo,
            keep_photo,
        } => group_cards::write(inner, card, text, doodle, photo, keep_photo).await,
        Request::RemoveCardLine { card } => group_cards::remove_line(inner, card).await,
        Request::HandOverCard { card } => group_cards::hand_over(inner, card).await,
        Request::CardOf {
            what,
            design,
            size,
            format,
            bleed,
        } => {
            let wanted = printing::Wanted {
                design,
                size,
                format,
                bleed,
            };
            printing::card_of(inner, what, wanted).await
        }
        Request::PauseNotifications { end } => pause(inner, end).await,
        Request::NotificationPressed { key, action } => {
            let effect = pressed::pressed(inner, &key, action).await?;
            Ok(Response::Effect { effect })
        }
        Request::MarkSeen { items } => mark_seen(inner, items).await,
        Request::Settings => settings::all(inner).await,
        Request::ChangeSettings { change } => settings::change(inner, change).await,
        Request::ChangeProfile { change } => settings::change_profile(inner, change).await,
        Request::Draft => draft(inner).await,
        Request::SaveDraft { draft } => {
            inner.kept(inner.store.set_fact(fact::DRAFT, draft).await)?;
            Ok(Response::Done)
        }
        Request::CreateInvite { uses } => create_invite(inner, uses).await,
        Request::CalendarFeed => calendar_feed::tell(inner).await,
        Request::MakeCalendarFeed => calendar_feed::make(inner).await,
        Request::EndCalendarFeed => calendar_feed::end(inner).await,
        Request::OwnCalendar => own_calendar::card(inner).await,
        Request::SetOwnCalendar { address } => own_calendar::set(inner, address).await,
        Request::TellBusy { on } => own_calendar::tell_planner(inner, on).await,
        Request::ExportMine => privacy::export(inner).await,
        Request::EraseMe { name } => privacy::erase(inner, &name).await,
        Request::DismissRefused { n } => dismiss_refused(inner, n).await,
        Request::RetryNow => {
            inner.try_now.notify_one();
            inner.outbox_filled.notify_one();
            Ok(Response::Done)
        }
    }
}

async fn dismiss_refused(inner: &Arc<Inner>, n: u64) -> Result<Response, Problem> {
    inner.store.dismiss(n).await.map_err(|error| inner.problem(error))?;
    inner.tell(Changed::Status);
    Ok(Response::Done)
}

async fn discard_photo(inner: &Arc<Inner>, photo: String) -> Result<Response, Problem> {
    let discarded = inner.store.discard_prepared(photo).await;
    discarded.map_err(|error| inner.problem(error))?;
    inner.photos_unwanted.notify_one();
    Ok(Response::Done)
}

async fn mark_seen(inner: &Arc<Inner>, items: Vec<ItemId>) -> Result<Response, Problem> {
    let marked = inner.store.mark_seen(items).await;
    marked.map_err(|error| inner.problem(error))?;
    inner.tell(Changed::Today);
    inner.tell(Changed::Status);
    Ok(Response::Done)
}

async fn draft(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let draft = inner.store.fact(fact::DRAFT).await;
    Ok(Response::Draft(draft.map_err(|error| inner.problem(error))?))
}

async fn save_series(inner: &Arc<Inner>, series: Option<ItemId>, plan: Series) -> Result<Response, Problem> {
    let id = series.unwrap_or_else(|| ItemId::new(inner.now()));
    writes::queue(
        inner,
        Kind::SERIES,
        id,
        Audience::Team,
        Some(writes::json(&plan)),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Shared { item: id })
}

async fn create_invite(inner: &Arc<Inner>, uses: Option<u32>) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    crate::sync::prepare_endpoint(inner)
        .await
        .map_err(CallError::into_problem)?;
    let endpoint = inner
        .endpoint()
        .ok_or_else(|| Problem::new("no_team", "There is no endpoint to ask."))?;
    let invite = endpoint
        .invite(&InviteRequest {
            uses,
            expires_in_hours: None,
        })
        .await
        .map_err(CallError::into_problem)?;
    let link = invite
        .link
        .ok_or_else(|| Problem::new("server_error", "The endpoint made an invite without a link."))?;
    Ok(Response::Invite {
        link,
        expires_at: invite.expires_at,
        on_this_computer: account.is_local,
    })
}

async fn pause(inner: &Arc<Inner>, end: PauseEnd) -> Result<Response, Problem> {
    let until = match end {
        PauseEnd::Now => None,
        PauseEnd::Minutes(minutes) => Some(inner.now().plus_minutes(i64::from(minutes.min(24 * 60)))),
        PauseEnd::Tomorrow => Some(settings::tomorrow(inner).await?),
    };
    inner
        .store
        .set_fact(fact::PAUSED_UNTIL, until)
        .await
        .map_err(|error| inner.problem(error))?;
    inner.tell(Changed::Status);
    inner.plan_anew.notify_one();
    Ok(Response::Done)
}
