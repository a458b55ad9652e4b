//! What a person says of their own days, and what admins say of who hears of them.

use std::sync::Arc;

use samovar_domain::kinds::{Celebration, celebration_id};
use samovar_domain::{Audience, Kind, MemberId, Problem};
use serde_json::{Map, Value};

use crate::api::{Changed, Response};
use crate::core::Inner;
use crate::views::{self, TeamState};
use crate::{showing, team_settings, writes};

/// The fields of a wish that this version knows.
const FIELDS: [&str; 5] = ["birthday", "leap", "joined_on", "tell_team", "please_do_not"];

/// What there is to celebrate.
pub(crate) async fn all(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let someone = showing::local_facts(inner, me).await?.someone;
    let state = TeamState::from_items(inner.items().await?, me);
    let page = views::celebrations(&state, me, inner.now(), &someone);
    Ok(Response::Celebrations(Box::new(page)))
}

/// What one wants to be celebrated, and who hears of such things ahead.
pub(crate) async fn page(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let someone = showing::local_facts(inner, me).await?.someone;
    let state = TeamState::from_items(inner.items().await?, me);
    let page = views::celebration_page(&state, me, inner.now(), &someone);
    Ok(Response::Celebration(Box::new(page)))
}

/// Says what one wants to be celebrated. Who has said nothing and says nothing writes nothing; what this version does not
/// know of an earlier wish stays.
pub(crate) async fn save(inner: &Arc<Inner>, celebration: Celebration) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let id = celebration_id(me);
    let view = writes::view(inner).await?;
    let before = view.item(id).and_then(|item| item.body.clone());
    if before.is_none() && celebration == Celebration::default() {
        return page(inner).await;
    }
    let mut body = match before {
        Some(Value::Object(before)) => before,
        _ => Map::new(),
    };
    body.retain(|field, _| !FIELDS.contains(&field.as_str()));
    if let Value::Object(said) = writes::json(&celebration) {
        body.extend(said);
    }
    let (mine, body) = (Audience::Only(vec![me]), Some(Value::Object(body)));
    writes::queue(inner, Kind::CELEBRATION, id, mine, body, Vec::new(), Vec::new()).await?;
    inner.tell(Changed::Settings);
    page(inner).await
}

/// Sets who hears of celebrations ahead, and how many days.
pub(crate) async fn set_rules(
    inner: &Arc<Inner>,
    coordinators: &[MemberId],
    lead_days: u32,
) -> Result<Response, Problem> {
    team_settings::change(inner, |settings| {
        settings.insert("coordinators".to_owned(), writes::json(&coordinators));
        settings.insert("celebration_lead_days".to_owned(), lead_days.into());
    })
    .await?;
    page(inner).await
}
