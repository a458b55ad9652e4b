//! `GET /v1/items`: the changes after a seq, or older items of a kind.

#![expect(
    unused_qualifications,
    reason = "the description macro writes the query's name with a path"
)]

use axum::extract::State;
use samovar_domain::wire::{PAGE_DEFAULT, PAGE_MAX, Page, ProblemDocument};
use samovar_domain::{Epoch, Seq};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::Params;
use crate::problem::ApiError;
use crate::state::App;
use crate::store::{Caller, Cursor};

/// Which items.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// The changes after this seq; 0 for all.
    #[param(value_type = Option<u64>, format = "uint64", maximum = 18_446_744_073_709_551_615_u64)]
    pub(crate) after: Option<Seq>,
    /// The epoch that the cursor is of; another one is answered with 410 `resync`.
    #[param(value_type = Option<String>, format = Uuid)]
    pub(crate) epoch: Option<Epoch>,
    /// At most so many: 1 to 1,000, by default 200.
    #[param(format = "uint32", maximum = 4_294_967_295_u32)]
    limit: Option<u32>,
    /// Only this kind, with `before`.
    pub(crate) kind: Option<String>,
    /// Items of `kind` older than this seq, newest first.
    #[param(value_type = Option<u64>, format = "uint64", maximum = 18_446_744_073_709_551_615_u64)]
    pub(crate) before: Option<Seq>,
}

impl PageQuery {
    /// How many items a page has at most.
    pub(crate) fn limit(&self) -> u32 {
        self.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)
    }
}

/// A page of items that the caller may see.
#[utoipa::path(get, path = "/v1/items", params(PageQuery), responses(
    (status = 200, body = Page),
    (status = 400, body = ProblemDocument, description = "`bad_cursor`"),
    (status = 401, body = ProblemDocument, description = "`unauthorized`"),
    (status = 410, body = ProblemDocument, description = "`resync`: page anew from 0"),
))]
pub(crate) async fn items(
    State(app): State<App>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Result<axum::Json<Page>, ApiError> {
    let limit = query.limit();
    let page = match (&query.kind, query.before) {
        (Some(kind), before) => {
            app.store
                .older(caller.member, kind, before.unwrap_or(Seq::MAX), limit)
                .await?
        }
        (None, _) => changes(&app, caller, &query, limit).await?,
    };
    Ok(axum::Json(page))
}

async fn changes(app: &App, caller: Caller, query: &PageQuery, limit: u32) -> Result<Page, ApiError> {
    let after = query.after.unwrap_or(0);
    let began_in = app.paging.goes_on(caller.device, after);
    let is_anew = after == 0 || began_in.is_some();
    let cursor = Cursor {
        epoch: query.epoch.or(began_in),
        after,
        is_anew,
    };
    let page = app.store.page(caller.member, cursor, limit, app.now()).await?;
    if is_anew {
        app.paging.was_given(caller.device, &page);
    }
    Ok(page)
}
