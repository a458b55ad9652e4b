//! What admins set for the whole team. What this version does not know of the team stays as it is.

use std::sync::Arc;

use samovar_domain::{Audience, Kind, Problem};
use serde_json::{Map, Value};

use crate::api::Changed;
use crate::core::Inner;
use crate::writes;

/// Changes the team's settings. The domain's rule lets admins do so, and only to what makes sense.
pub(crate) async fn change(inner: &Arc<Inner>, change: impl FnOnce(&mut Map<String, Value>)) -> Result<(), Problem> {
    let team = inner.member_account()?.team.into();
    let view = writes::view(inner).await?;
    let body = view.item(team).and_then(|item| item.body.clone());
    let Some(Value::Object(mut body)) = body else {
        return Err(Problem::new(
            "not_here_yet",
            "The team has not arrived from the endpoint yet. Try again when online.",
        ));
    };
    let settings = body.entry("settings").or_insert_with(|| Value::Object(Map::new()));
    if !settings.is_object() {
        *settings = Value::Object(Map::new());
    }
    if let Value::Object(settings) = settings {
        change(settings);
    }
    let body = Some(Value::Object(body));
    writes::queue(inner, Kind::TEAM, team, Audience::Team, body, Vec::new(), Vec::new()).await?;
    inner.tell(Changed::Settings);
    Ok(())
}
