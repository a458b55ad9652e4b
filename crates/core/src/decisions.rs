//! What a person does with decisions: asks, says what they think, closes, takes back. Hidden voices leave this computer
//! sealed; what one said oneself is remembered here, so that one can read and change it.

use std::collections::HashMap;
use std::sync::Arc;

use samovar_domain::check::View as _;
use samovar_domain::kinds::{
    Decision, DecisionClose, Said, Voice, Voices, decision_close_id, decision_state_id, voice_id,
};
use samovar_domain::{Audience, Body, ItemId, Kind, MemberId, Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::{Changed, DecisionDraft, Question, Response};
use crate::core::Inner;
use crate::device_key;
use crate::sealing::seal;
use crate::store::fact;
use crate::team_settings;
use crate::writes::{self, LocalView};

/// What one has said with hidden voices, by decision; of decisions that are over it is forgotten.
pub(crate) type OwnVoices = HashMap<ItemId, OwnVoice>;

/// What one has said, and the end of what was sealed of it: another end is that of something said on another computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OwnVoice {
    #[serde(flatten)]
    said: Said,
    #[serde(default)]
    sealed: Option<String>,
}

/// How much of the end of something sealed tells it from all else.
const END: usize = 40;

fn end_of(sealed: &str) -> Option<String> {
    sealed.get(sealed.len().saturating_sub(END)..).map(ToOwned::to_owned)
}

/// A decision that is here: who asks, who sees it, and what it says.
fn asked(view: &LocalView, id: ItemId) -> Result<(MemberId, Audience, Decision), Problem> {
    let item = view.item(id);
    let owner = item.and_then(|item| item.owner.member());
    let body = item.and_then(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
    match (item, owner, body) {
        (Some(item), Some(owner), Some(Body::Decision(decision))) => Ok((owner, item.audience.with(owner), decision)),
        _ => Err(Problem::new("not_found", "There is no such decision any more.")),
    }
}

/// Asks. What the page's draft held of it is done with, in the end.
pub(crate) async fn ask(inner: &Arc<Inner>, question: Question) -> Result<Response, Problem> {
    let id = ItemId::new(inner.now());
    let Question {
        question,
        context,
        how,
        involved,
        voices,
        earliest_close,
        audience,
    } = question;
    let body = writes::json(&Decision {
        question,
        context: context.filter(|context| !context.trim().is_empty()),
        how,
        involved,
        voices,
        earliest_close,
        withdrawn: false,
    });
    writes::queue(inner, Kind::DECISION, id, audience, Some(body), Vec::new(), Vec::new()).await?;
    keep_draft(inner, |draft| draft.question = None).await?;
    Ok(Response::Shared { item: id })
}

/// Says what one thinks, says something else, or takes it back.
pub(crate) async fn speak(inner: &Arc<Inner>, decision: ItemId, said: Option<Said>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let view = writes::view(inner).await?;
    let id = voice_id(me, decision);
    let Some(said) = said else {
        writes::delete(inner, id).await?;
        remember(inner, decision, None).await?;
        return Ok(Response::Done);
    };
    let (_, audience, asked) = asked(&view, decision)?;
    let said = tidy(said);
    let mut hidden = None;
    let (audience, voice) = match asked.voices {
        Voices::Open => {
            let voice = Voice {
                decision,
                said: Some(said),
                sealed: None,
            };
            (audience, voice)
        }
        Voices::Hidden => {
            if !samovar_domain::decisions::fits(&asked.how, &said) {
                return Err(Problem::new(
                    "bad_voice",
                    "This does not answer what was asked. Say where you stand, put the options in an order, or write a few words.",
                ));
            }
            let sealed = seal(
                writes::json(&said).to_string().as_bytes(),
                keys(&view, me, decision).iter().map(String::as_str),
            )?;
            hidden = Some(OwnVoice {
                said,
                sealed: end_of(&sealed),
            });
            let voice = Voice {
                decision,
                said: None,
                sealed: Some(sealed),
            };
            (Audience::Only(vec![me]), voice)
        }
    };
    let body = Some(writes::json(&voice));
    writes::queue(inner, Kind::VOICE, id, audience, body, Vec::new(), Vec::new()).await?;
    remember(inner, decision, hidden).await?;
    keep_draft(inner, |draft| {
        draft.voices.remove(&decision);
    })
    .await?;
    Ok(Response::Done)
}

/// Words that say nothing are left out.
fn tidy(said: Said) -> Said {
    Said {
        words: said.words.filter(|words| !words.trim().is_empty()),
        ..said
    }
}

/// The decision's key when it is here, and those of one's own computers. Without the decision's, nobody could ever open it.
fn keys(view: &LocalView, me: MemberId, decision: ItemId) -> Vec<String> {
    let Some(Body::DecisionState(state)) = view.body(decision_state_id(decision)) else {
        return Vec::new();
    };
    let Some(seal) = state.seal else { return Vec::new() };
    let own = device_key::of(view, me).into_iter().map(|key| key.recipient);
    std::iter::once(seal).chain(own).collect()
}

/// Says what has been decided. The rule refuses it while somebody is awaited.
pub(crate) async fn close(inner: &Arc<Inner>, decision: ItemId, words: String) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let (_, audience, _) = asked(&writes::view(inner).await?, decision)?;
    let body = writes::json(&DecisionClose { decision, words });
    let id = decision_close_id(me, decision);
    writes::queue(
        inner,
        Kind::DECISION_CLOSE,
        id,
        audience,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    keep_draft(inner, |draft| {
        draft.outcomes.remove(&decision);
    })
    .await?;
    Ok(Response::Done)
}

/// Takes a question back. What this version does not know of it stays.
pub(crate) async fn withdraw(inner: &Arc<Inner>, decision: ItemId) -> Result<Response, Problem> {
    let view = writes::view(inner).await?;
    asked(&view, decision)?;
    let item = view
        .item(decision)
        .ok_or_else(|| Problem::new("not_found", "There is no such decision any more."))?;
    let mut body = item.body.clone().unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("withdrawn".to_owned(), Value::Bool(true));
    }
    let audience = item.audience.clone();
    writes::queue(
        inner,
        Kind::DECISION,
        decision,
        audience,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    Ok(Response::Done)
}

/// Sets how long everyone has (admins). Everything else of the team stays as it is.
pub(crate) async fn set_rules(inner: &Arc<Inner>, working_hours: u32, hours: u32) -> Result<Response, Problem> {
    team_settings::change(inner, |settings| {
        settings.insert("decision_working_hours".to_owned(), working_hours.into());
        settings.insert("decision_hours".to_owned(), hours.into());
    })
    .await?;
    Ok(Response::Done)
}

/// What is written on the page and not sent.
pub(crate) async fn draft(inner: &Inner) -> Result<Response, Problem> {
    let draft = inner.store.fact(fact::DECISION_DRAFT).await;
    Ok(Response::DecisionDraft(Box::new(
        draft.map_err(|error| inner.problem(error))?,
    )))
}

/// Keeps what is written.
pub(crate) async fn save_draft(inner: &Inner, draft: DecisionDraft) -> Result<Response, Problem> {
    inner.kept(inner.store.set_fact(fact::DECISION_DRAFT, draft).await)?;
    Ok(Response::Done)
}

async fn keep_draft(inner: &Inner, change: impl FnOnce(&mut DecisionDraft)) -> Result<(), Problem> {
    let before: DecisionDraft = inner
        .store
        .fact(fact::DECISION_DRAFT)
        .await
        .map_err(|error| inner.problem(error))?;
    let mut draft = before.clone();
    change(&mut draft);
    if draft == before {
        return Ok(());
    }
    inner.kept(inner.store.set_fact(fact::DECISION_DRAFT, draft).await)
}

/// What one has said with hidden voices, as far as it can be read here: what was said on another computer of one's own is
/// opened with the key of this one.
pub(crate) async fn own_voices(inner: &Inner) -> Result<HashMap<ItemId, Said>, Problem> {
    let me = inner.member_account()?.member;
    let mut known = remembered(inner).await?;
    let view = writes::view(inner).await?;
    let sealed = view.items_of(me).filter_map(|item| match view.body(item.id)? {
        Body::Voice(voice) => Some((voice.decision, voice.sealed?)),
        _ => None,
    });
    for (decision, sealed) in sealed {
        let end = end_of(&sealed);
        if known
            .get(&decision)
            .is_some_and(|own| own.sealed.is_none() || own.sealed == end)
        {
            continue;
        }
        known.remove(&decision);
        // Sealed before this computer had a key, or its keyring is locked: then the page says that it cannot be read.
        let Ok(words) = device_key::open(inner, &sealed).await else {
            continue;
        };
        if let Ok(said) = serde_json::from_slice(&words) {
            let own = OwnVoice { said, sealed: end };
            remember(inner, decision, Some(own.clone())).await?;
            known.insert(decision, own);
        }
    }
    Ok(known.into_iter().map(|(decision, own)| (decision, own.said)).collect())
}

async fn remembered(inner: &Inner) -> Result<OwnVoices, Problem> {
    let known = inner.store.fact(fact::OWN_VOICES).await;
    known.map_err(|error| inner.problem(error))
}

async fn remember(inner: &Inner, decision: ItemId, said: Option<OwnVoice>) -> Result<(), Problem> {
    let mut known = remembered(inner).await?;
    let before = known.clone();
    let view = writes::view(inner).await?;
    // What is over is in its outcome, or is nobody's business any more.
    known.retain(|id, _| {
        let is_open = asked(&view, *id).is_ok_and(|(_, _, decision)| !decision.withdrawn);
        is_open && view.item(samovar_domain::kinds::outcome_id(*id)).is_none()
    });
    match said {
        Some(said) => known.insert(decision, said),
        None => known.remove(&decision),
    };
    if known != before {
        inner.kept(inner.store.set_fact(fact::OWN_VOICES, known).await)?;
        inner.tell(Changed::Today);
    }
    Ok(())
}
