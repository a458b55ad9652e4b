//! The kudos wall: all kudos that are here, searched by their words, and filtered by person and value.
//!
//! The index follows the items by triggers (see the migration). What waits in the outbox is not among the items yet; it is
//! searched beside them, in an index that lives for one question, so that both are read the same way.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};
use samovar_domain::{Item, ItemId, Kind, MemberId, Seq, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Store, StoreResult, fact, items, outbox, scope, set_fact};

/// The most words of a question that are looked for.
const TERMS_MAX: usize = 12;
/// Kinds that cards are made of, besides the kudos themselves and what stands under them.
const BESIDE: [&str; 4] = [Kind::TEAM, Kind::MEMBER, Kind::ROLE, Kind::VALUES];

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Question {
    /// Words, each the beginning of one that is there or of a name; in whatever spelling of letters.
    pub(crate) words: String,
    /// Given by or to this member.
    pub(crate) member: Option<MemberId>,
    /// For this value.
    pub(crate) value: Option<String>,
    /// Only what comes after this one on the wall.
    pub(crate) after: Option<ItemId>,
    /// The most that are answered.
    pub(crate) limit: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The kudos, in the order of the wall: what waits first, then the newest first.
    pub(crate) kudos: Vec<ItemId>,
    /// Whether there are more.
    pub(crate) more: bool,
    /// Those kudos, and what cards are made of.
    pub(crate) items: Vec<Item>,
}

/// How far back older kudos were fetched from the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct FetchedBack {
    /// All from here on are here.
    pub(crate) before: Option<Seq>,
    /// There are no older ones.
    pub(crate) is_end: bool,
}

/// A member as one word of the index.
fn word_of(member: MemberId) -> String {
    format!("m{}", member.to_string().replace('-', ""))
}

/// The words of what somebody typed: letters and digits only, so that nothing in it can be read as a question's grammar.
/// `None` when they typed something, and no words.
fn terms(typed: &str) -> Option<Vec<String>> {
    let is_part = |char: char| char.is_alphanumeric() || is_mark(char);
    let words = typed.split(|char| !is_part(char)).filter(|word| !word.is_empty());
    let terms: Vec<String> = words.map(str::to_owned).take(TERMS_MAX).collect();
    (!terms.is_empty() || typed.trim().is_empty()).then_some(terms)
}

/// Marks that stand on the letter before them, as in texts that spell `é` with two characters.
fn is_mark(char: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&char)
}

/// The question in the grammar of FTS5; empty when everything is asked for.
fn expression(tx: &Transaction<'_>, question: &Question, terms: &[String]) -> StoreResult<String> {
    let mut parts = Vec::new();
    for term in terms {
        let mut names = tx.prepare_cached("SELECT member FROM member_names WHERE member_names MATCH ?1 LIMIT 100")?;
        let bearers = names.query_map([format!("name : \"{term}\" *")], |row| row.get::<_, String>(0))?;
        let bearers: Vec<String> = bearers.collect::<Result<_, _>>()?;
        parts.push(if bearers.is_empty() {
            format!("(reason : \"{term}\" *)")
        } else {
            format!("(reason : \"{term}\" * OR people : ({}))", bearers.join(" OR "))
        });
    }
    parts.extend(question.member.map(|member| format!("(people : {})", word_of(member))));
    // Anything else is no value of any team.
    if let Some(value) = &question.value {
        let is_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let value = if value.bytes().all(is_id) { value.as_str() } else { "" };
        parts.push(format!("(team_value : \"v{}\")", value.replace('-', "ω")));
    }
    Ok(parts.join(" AND "))
}

impl Store {
    /// Looks for kudos among all that are here.
    pub(crate) async fn find_kudos(&self, question: Question, me: MemberId, now: Timestamp) -> StoreResult<Found> {
        self.read(move |tx| find(tx, &question, me, now)).await
    }

    /// How far back older kudos were fetched.
    pub(crate) async fn fetched_back(&self) -> StoreResult<FetchedBack> {
        self.fact(fact::FETCHED_BACK).await
    }

    /// Keeps older kudos as the endpoint has them, and how far back they go. Whether any of them was not here before.
    /// What was changed or deleted meanwhile stays so.
    pub(crate) async fn keep_older(&self, older: Vec<Item>, back: FetchedBack) -> StoreResult<bool> {
        self.write(move |tx| {
            let mut is_any_new = false;
            for item in older {
                is_any_new |= items::get(tx, item.id)?.is_none();
                items::put(tx, "items", &item)?;
            }
            set_fact(tx, fact::FETCHED_BACK, &back)?;
            Ok(is_any_new)
        })
        .await
    }
}

fn find(tx: &Transaction<'_>, question: &Question, me: MemberId, now: Timestamp) -> StoreResult<Found> {
    let Some(terms) = terms(&question.words) else {
        return Ok(Found::default());
    };
    let expression = expression(tx, question, &terms)?;
    let waiting: HashMap<ItemId, Option<serde_json::Value>> = outbox::all(tx)?
        .into_iter()
        .filter(|queued| queued.op.kind == Kind::KUDOS)
        .map(|queued| (queued.op.id, queued.op.body))
        .collect();
    let mut kudos = Vec::new();
    if question.after.is_none() {
        kudos = waiting_ones(tx, me, &waiting, &expression)?;
    }
    let after: Option<i64> = match question.after {
        Some(after) => tx
            .prepare_cached("SELECT place FROM kudos_places WHERE item = ?1")?
            .query_row([after.to_string()], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let sql = if expression.is_empty() {
        "SELECT item FROM kudos_places WHERE ?1 = '' AND place < ?2 ORDER BY place DESC"
    } else {
        "SELECT item FROM (SELECT rowid AS place FROM kudos_words WHERE kudos_words MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC)
         JOIN kudos_places USING (place) ORDER BY place DESC"
    };
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query((&expression, after.unwrap_or(i64::MAX)))?;
    let mut more = false;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let Ok(id) = row.get::<_, String>(0)?.parse::<ItemId>() else {
            continue;
        };
        if waiting.contains_key(&id) {
            continue; // as it waits, it was looked at above
        }
        if kudos.len() >= question.limit {
            more = true;
            break;
        }
        kudos.push(id);
        found.extend(items::get(tx, id)?);
    }
    for id in &kudos {
        if waiting.contains_key(id) {
            found.extend(items::get(tx, *id)?);
        }
    }
    found.extend(scope::under(tx, &kudos)?);
    found.extend(beside(tx)?);
    let mut by_id: HashMap<ItemId, Item> = found.into_iter().map(|item| (item.id, item)).collect();
    items::lay_over(tx, &mut by_id, me, now)?;
    Ok(Found {
        kudos,
        more,
        items: by_id.into_values().collect(),
    })
}

/// The kudos in the outbox that are looked for, the newest first.
fn waiting_ones(
    tx: &Transaction<'_>,
    me: MemberId,
    waiting: &HashMap<ItemId, Option<serde_json::Value>>,
    expression: &str,
) -> StoreResult<Vec<ItemId>> {
    let mut living: Vec<(ItemId, &serde_json::Value)> = waiting
        .iter()
        .filter_map(|(id, body)| Some((*id, body.as_ref()?)))
        .collect();
    living.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    if living.is_empty() || expression.is_empty() {
        return Ok(living.into_iter().map(|(id, _)| id).collect());
    }
    // It goes with the transaction, which only reads.
    tx.execute_batch(
        "CREATE VIRTUAL TABLE temp.waiting_words
         USING fts5 (reason, people, team_value, tokenize = \"unicode61 remove_diacritics 2\")",
    )?;
    for (place, (_, body)) in living.iter().enumerate() {
        let to = body["to"].as_array().into_iter().flatten();
        let to = to.filter_map(|id| id.as_str()?.parse::<MemberId>().ok());
        let people: Vec<String> = to.chain([me]).map(word_of).collect();
        let value = body["value"]
            .as_str()
            .map(|value| format!("v{}", value.replace('-', "ω")));
        tx.execute(
            "INSERT INTO temp.waiting_words (rowid, reason, people, team_value) VALUES (?1, ?2, ?3, ?4)",
            (place as i64, body["reason"].as_str(), people.join(" "), value),
        )?;
    }
    let mut statement =
        tx.prepare("SELECT rowid FROM temp.waiting_words WHERE waiting_words MATCH ?1 ORDER BY rowid")?;
    let places = statement.query_map([expression], |row| row.get::<_, i64>(0))?;
    let places: Vec<i64> = places.collect::<Result<_, _>>()?;
    drop(statement);
    let here = |place: i64| living.get(usize::try_from(place).ok()?).map(|(id, _)| *id);
    Ok(places.into_iter().filter_map(here).collect())
}

/// What cards are made of besides the kudos and what stands under them: people and values.
fn beside(tx: &Transaction<'_>) -> StoreResult<Vec<Item>> {
    items::collect(tx, &beside_sql(), ())
}

pub(super) fn beside_sql() -> String {
    let kinds = BESIDE.map(|kind| format!("'{kind}'")).join(", ");
    format!("{} AND kind IN ({kinds})", scope::of_now_sql())
}

/// Forgets how far back older kudos were fetched: the items that are here now are others.
pub(super) fn begin_again(tx: &Transaction<'_>) -> StoreResult<()> {
    set_fact(tx, fact::FETCHED_BACK, &FetchedBack::default())
}

#[cfg(test)]
mod tests;
