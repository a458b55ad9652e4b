//! The pulse on this computer: it fetches the round's one token whether its person answers or not, and sends an answer later,
//! as nobody. What is given is stored here first and forgotten here once the endpoint has it; when what happens is decided in
//! [`kept`], what a token is in [`token`].

mod kept;
mod token;

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::kinds::{PulseRound, PulseSettings};
use samovar_domain::wire::{PulseAnswerRequest, PulseTokenRequest};
use samovar_domain::{ItemId, Kind, MemberId, Problem, Timestamp};

use crate::api::{Changed, PulseState, Response};
use crate::core::Inner;
use crate::endpoint::CallError;
use crate::store::fact;
use crate::sync::{prepare_endpoint, wait_before};
use crate::team_settings;
use crate::views::{TeamState, open_round};
use kept::{AnswerState, Deed, Kept, TokenState};

/// How long to wait when this computer's own database fails.
const AFTER_FAILURE: Duration = Duration::from_mins(5);

/// Does what is due, for as long as the core runs.
pub(crate) async fn run(inner: Arc<Inner>) {
    if let Err(problem) = start(&inner).await {
        tracing::warn!(code = %problem.code, "the pulse could not be looked at");
    }
    let mut failures = 0;
    loop {
        let next = match go_on(&inner).await {
            Ok(next) => {
                failures = 0;
                next
            }
            // Joining anew connects, and that is told.
            Err(CallError::SignedOut) => None,
            Err(CallError::Local(_)) => Some(inner.now().plus(AFTER_FAILURE)),
            Err(error) => {
                failures += 1;
                tracing::debug!(code = error.code(), failures, "the pulse waits");
                tokio::select! {
                    () = tokio::time::sleep(wait_before(failures, None)) => {}
                    () = inner.pulse_look.notified() => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = inner.parts.timer.wait_until(next) => {}
            () = inner.pulse_look.notified() => {}
        }
    }
}

async fn start(inner: &Inner) -> Result<(), Problem> {
    let now = inner.now();
    change(inner, move |kept| kept.start(now, &mut rand::rng())).await
}

/// Does all that is due now, and says when to look again. For a process that does one thing and ends, too.
pub(crate) async fn go_on(inner: &Arc<Inner>) -> Result<Option<Timestamp>, CallError> {
    loop {
        keep_to_round(inner).await.map_err(CallError::Local)?;
        let now = inner.now();
        let todo = inner.store.change_fact(fact::PULSE, move |kept: &mut Option<Kept>| {
            let kept = kept.as_mut()?;
            Some((kept.round, kept.public_key.clone(), kept.go_on(now, &mut rand::rng())))
        });
        let todo = todo.await.map_err(|error| inner.local(error))?;
        let Some((round, public_key, todo)) = todo else {
            return Ok(None);
        };
        match todo {
            Err(next) => return Ok(Some(next)),
            Ok(Deed::Fetch(blinding)) => {
                let token = fetch(inner, round, &public_key, &blinding).await?;
                settle(inner, round, move |kept| {
                    if matches!(kept.token, TokenState::Asked(_)) {
                        kept.settle_token(token);
                    }
                })
                .await?;
            }
            Ok(Deed::Send(token, answer)) => {
                let request = PulseAnswerRequest {
                    number: token.number,
                    token: token.token,
                    answer,
                };
                let is_counted = send(inner, round, &request).await?;
                settle(inner, round, move |kept| {
                    if is_counted {
                        kept.settle_answer();
                    } else {
                        kept.settle_token(TokenState::Unproven);
                    }
                })
                .await?;
                forget(inner).await?;
            }
        }
    }
}

/// Begins with the round that is open, and forgets everything of one that is not.
async fn keep_to_round(inner: &Inner) -> Result<(), Problem> {
    let Some(account) = inner.account() else { return Ok(()) };
    let (me, now) = (account.member, inner.now());
    let open = open_now(inner, me, now).await?;
    let changed = inner.store.change_fact(fact::PULSE, move |kept: &mut Option<Kept>| {
        let is_same = match (&kept, &open) {
            (None, None) => true,
            (Some(kept), Some((id, round))) => kept.is_of((*id, round), me),
            _ => false,
        };
        let is_forgotten = !is_same && kept.is_some();
        if !is_same {
            *kept = open.map(|(id, round)| Kept::new((id, &round), me, now, &mut rand::rng()));
        }
        is_forgotten
    });
    if changed.await.map_err(|error| inner.problem(error))? {
        inner.kept(inner.store.empty_log().await)?;
        inner.tell(Changed::Today);
    }
    Ok(())
}

async fn open_now(inner: &Inner, me: MemberId, now: Timestamp) -> Result<Option<(ItemId, PulseRound)>, Problem> {
    let mut items = inner.items().await?;
    items.retain(|item| [Kind::PULSE_ROUND, Kind::PULSE_RESULT].contains(&item.kind.as_str()));
    let state = TeamState::from_items(items, me);
    Ok(open_round(&state, now).map(|(id, round)| (id, round.clone())))
}

async fn fetch(
    inner: &Inner,
    round: ItemId,
    public_key: &str,
    blinding: &token::Blinding,
) -> Result<TokenState, CallError> {
    let endpoint = reachable(inner).await?;
    let blinded = blinding.blinded();
    match endpoint.pulse_token(round, &PulseTokenRequest { blinded }).await {
        Ok(answer) => Ok(blinding
            .finish(public_key, &answer)
            .map_or(TokenState::Unproven, TokenState::Here)),
        Err(CallError::Refused(refusal)) if refusal.problem.code == "pulse_token_given" => Ok(TokenState::Elsewhere),
        Err(error) => Err(error),
    }
}

/// Whether it was counted; not when the endpoint does not take the token that it gave.
async fn send(inner: &Inner, round: ItemId, request: &PulseAnswerRequest) -> Result<bool, CallError> {
    // A connection of its own, without this device's token.
    match reachable(inner).await?.nameless()?.pulse_answer(round, request).await {
        Ok(()) => Ok(true),
        Err(CallError::Refused(refusal)) if refusal.problem.code == "bad_pulse_token" => Ok(false),
        Err(error) => Err(error),
    }
}

async fn reachable(inner: &Inner) -> Result<crate::endpoint::Endpoint, CallError> {
    prepare_endpoint(inner).await?;
    let none = || CallError::Unreachable("no endpoint".to_owned());
    inner.endpoint().ok_or_else(none)
}

/// Changes what is kept of a round, if it is kept still.
async fn settle(inner: &Inner, round: ItemId, how: impl FnOnce(&mut Kept) + Send + 'static) -> Result<(), CallError> {
    let changed = change(inner, move |kept| {
        if kept.round == round {
            how(kept);
        }
    });
    changed.await.map_err(CallError::Local)?;
    inner.tell(Changed::Today);
    Ok(())
}

async fn change(inner: &Inner, how: impl FnOnce(&mut Kept) + Send + 'static) -> Result<(), Problem> {
    let changed = inner.store.change_fact(fact::PULSE, move |kept: &mut Option<Kept>| {
        if let Some(kept) = kept {
            how(kept);
        }
    });
    inner.kept(changed.await)
}

/// What was taken out of the database is to be out of its log, too.
async fn forget(inner: &Inner) -> Result<(), CallError> {
    inner.kept(inner.store.empty_log().await).map_err(CallError::Local)
}

/// Everything about the pulse.
pub(crate) async fn card(inner: &Inner) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let state = TeamState::from_items(inner.items().await?, me);
    let kept: Option<Kept> = inner
        .store
        .fact(fact::PULSE)
        .await
        .map_err(|error| inner.problem(error))?;
    let own = |round| match &kept {
        Some(kept) if kept.round == round => (kept.state(), kept.put_away),
        _ => (PulseState::Asks, false),
    };
    Ok(Response::Pulse(Box::new(crate::views::pulse(
        &state,
        me,
        inner.now(),
        own,
    ))))
}

/// Takes an answer: it is stored here, and goes out by itself. What was answered stays so.
pub(crate) async fn answer(inner: &Arc<Inner>, round: ItemId, answer: u8) -> Result<Response, Problem> {
    if !(1..=5).contains(&answer) {
        return Err(Problem::new("bad_pulse_answer", "An answer is a number from 1 to 5."));
    }
    keep_to_open(inner, round).await?;
    let taken = inner.store.change_fact(fact::PULSE, move |kept: &mut Option<Kept>| {
        let kept = kept.as_mut().filter(|kept| kept.round == round)?;
        let before = kept.state();
        if before == PulseState::Asks {
            kept.answer = AnswerState::Given(answer);
            kept.put_away = false;
        }
        Some(before)
    });
    match inner.kept(taken.await)? {
        Some(PulseState::Asks) => {}
        Some(PulseState::Answered) => {
            return Err(Problem::new(
                "pulse_answered",
                "You have answered this already. An answer stays as it was given.",
            ));
        }
        Some(PulseState::Elsewhere) => {
            return Err(Problem::new(
                "pulse_token_given",
                "Another computer of yours has this round's one token. Answer from there.",
            ));
        }
        Some(PulseState::Unproven) => {
            return Err(Problem::new(
                "pulse_unproven",
                "The team's endpoint did not prove that it treats everybody alike, so this computer answers nothing.",
            ));
        }
        None => return Err(closed()),
    }
    inner.pulse_look.notify_one();
    inner.tell(Changed::Today);
    Ok(Response::Done)
}

fn closed() -> Problem {
    Problem::new("pulse_closed", "This round of the pulse is not open any more.")
}

/// What is kept is of the round that is meant, or it is not open.
async fn keep_to_open(inner: &Inner, round: ItemId) -> Result<(), Problem> {
    let me = inner.member_account()?.member;
    keep_to_round(inner).await?;
    match open_now(inner, me, inner.now()).await? {
        Some((open, _)) if open == round => Ok(()),
        _ => Err(closed()),
    }
}

/// Puts the question away on this computer, until the next round.
pub(crate) async fn put_away(inner: &Arc<Inner>, round: ItemId) -> Result<Response, Problem> {
    keep_to_open(inner, round).await?;
    change(inner, |kept| kept.put_away = true).await?;
    inner.tell(Changed::Today);
    Ok(Response::Done)
}

/// Sets whether and how the team asks itself (admins). Everything else of the team stays as it is.
pub(crate) async fn save(inner: &Arc<Inner>, settings: PulseSettings) -> Result<Response, Problem> {
    team_settings::change(inner, |fields| {
        let pulse = fields
            .entry("pulse")
            .and_modify(|pulse| {
                if !pulse.is_object() {
                    *pulse = serde_json::json!({});
                }
            })
            .or_insert_with(|| serde_json::json!({}));
        pulse["on"] = settings.on.into();
        if let Some(days) = settings.open_days {
            pulse["open_days"] = days.into();
        }
    })
    .await?;
    inner.tell(Changed::Settings);
    Ok(Response::Done)
}
