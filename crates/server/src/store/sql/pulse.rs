//! Rounds of the pulse: opened and closed by the endpoint alone. Of answers there are counts and used numbers, and neither
//! names anybody; with the close go both, the key, and who has fetched a token.

use samovar_domain::expiry::expires_at;
use samovar_domain::kinds::{PulseResult, PulseRound, pulse_result_id};
use samovar_domain::pulse::{Counts, Opening, PulseCalendar, QUESTION, publishable};
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, Row, SqlResult, params};
use super::{Caller, StoreError, StoreResult, members, pairs, refused, rows};
use crate::pulse_tokens::NewRoundKey;

/// The column of [`Counts`] that an answer counts in.
const COLUMNS: [&str; 5] = ["said_1", "said_2", "said_3", "said_4", "said_5"];

fn closed() -> StoreError {
    refused("pulse_closed", "This round of the pulse is not open.")
}

/// A round that is open, and until when.
fn open_round(db: Connection<'_>) -> StoreResult<Option<(ItemId, Timestamp)>> {
    let sql = "SELECT round, closes_at FROM pulse_rounds LIMIT 1";
    let found: Option<(String, i64)> = db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let damaged = |error: uuid::Error| StoreError::Failed(format!("a damaged row: {error}"));
    found
        .map(|(round, closes_at)| Ok((round.parse().map_err(damaged)?, Timestamp::from_millis(closes_at))))
        .transpose()
}

/// When the last round opened, whatever has become of it.
fn last_opened(db: Connection<'_>) -> StoreResult<Option<Timestamp>> {
    let rounds = rows::find(db, "kind = 'pulse_round' AND body IS NOT NULL", &[])?;
    let opened = rounds.iter().filter_map(|round| match rows::read(round)? {
        Body::PulseRound(round) => Some(round.opens_at),
        _ => None,
    });
    Ok(opened.max())
}

fn calendar(db: Connection<'_>) -> StoreResult<PulseCalendar> {
    let zone = pairs::calendar(db)?.zone;
    let calendar = PulseCalendar::of(pairs::settings(db)?.as_ref(), None);
    Ok(PulseCalendar { zone, ..calendar })
}

/// When there is something to do next; at or before `now` when there is now.
pub(super) fn next(db: Connection<'_>, now: Timestamp) -> StoreResult<Option<Timestamp>> {
    if let Some((_, closes_at)) = open_round(db)? {
        return Ok(Some(closes_at));
    }
    let (calendar, last) = (calendar(db)?, last_opened(db)?);
    Ok(match calendar.due(now, last) {
        Some(_) => Some(now),
        None => calendar.next(now, last),
    })
}

/// Closes the round that is over or switched off, and opens the one that is due.
pub(super) fn tend(db: Connection<'_>, changes: &mut Changes, key: &NewRoundKey, now: Timestamp) -> StoreResult<()> {
    let calendar = calendar(db)?;
    if let Some((round, closes_at)) = open_round(db)? {
        if now < closes_at && calendar.is_on {
            return Ok(());
        }
        close(db, changes, round, now)?;
    }
    match calendar.due(now, last_opened(db)?) {
        Some(opening) => open(db, changes, opening, key, now),
        None => Ok(()),
    }
}

/// The team's settings were written: a round that is open does not outlast the switch.
pub(super) fn follow_settings(db: Connection<'_>, changes: &mut Changes, now: Timestamp) -> StoreResult<()> {
    match open_round(db)? {
        Some((round, _)) if !calendar(db)?.is_on => close(db, changes, round, now),
        _ => Ok(()),
    }
}

fn open(
    db: Connection<'_>,
    changes: &mut Changes,
    opening: Opening,
    key: &NewRoundKey,
    now: Timestamp,
) -> StoreResult<()> {
    let id = ItemId::new(now);
    db.execute(
        "INSERT INTO pulse_rounds (round, secret, closes_at) VALUES (?1, ?2, ?3)",
        params![id.to_string(), key.secret, opening.closes_at.millis()],
    )?;
    db.execute("INSERT INTO pulse_counts (round) VALUES (?1)", [id.to_string()])?;
    let round = PulseRound {
        question: QUESTION.to_owned(),
        opens_at: opening.opens_at,
        closes_at: opening.closes_at,
        public_key: key.public_key.clone(),
    };
    let body = serde_json::to_value(&round)?;
    write(db, changes, id, Kind::PULSE_ROUND, &Body::PulseRound(round), body, now)
}

/// Says what may be said of a round, and forgets everything else.
fn close(db: Connection<'_>, changes: &mut Changes, round: ItemId, now: Timestamp) -> StoreResult<()> {
    let result = PulseResult {
        round,
        counts: publishable(&counts(db, round)?, None),
    };
    // One that closes early says so: desktops wait for that instant.
    if let Some(item) = rows::get(db, round)?
        && let Some(Body::PulseRound(body)) = rows::read(&item)
        && body.closes_at > now
    {
        let body = PulseRound { closes_at: now, ..body };
        rows::rewrite(db, changes, item, serde_json::to_value(&body)?, now)?;
    }
    let body = serde_json::to_value(&result)?;
    let (id, result) = (pulse_result_id(round), Body::PulseResult(result));
    write(db, changes, id, Kind::PULSE_RESULT, &result, body, now)?;
    for table in ["pulse_rounds", "pulse_fetched", "pulse_used", "pulse_counts"] {
        db.execute(&format!("DELETE FROM {table} WHERE round = ?1"), [round.to_string()])?;
    }
    changes.forget = true;
    Ok(())
}

fn write(
    db: Connection<'_>,
    changes: &mut Changes,
    id: ItemId,
    kind: &str,
    read: &Body,
    body: serde_json::Value,
    now: Timestamp,
) -> StoreResult<()> {
    let item = Item {
        id,
        kind: Kind::new(kind),
        owner: Owner::Team,
        seq: 0,
        audience: Audience::Team,
        created_at: now,
        updated_at: now,
        expires_at: expires_at(read, now),
        body: Some(body),
    };
    rows::write(db, changes, item).map(|_| ())
}

fn counts(db: Connection<'_>, round: ItemId) -> StoreResult<Counts> {
    let sql = format!("SELECT {} FROM pulse_counts WHERE round = ?1", COLUMNS.join(", "));
    let read = |row: &Row<'_>| -> SqlResult<Counts> {
        let mut counts = Counts::default();
        for (place, count) in counts.iter_mut().enumerate() {
            *count = row.get(place)?;
        }
        Ok(counts)
    };
    let found = db.query_row(&sql, [round.to_string()], read).optional()?;
    Ok(found.unwrap_or_default())
}

/// The secret key of a round that is open.
pub(super) fn secret(db: Connection<'_>, round: ItemId, now: Timestamp) -> StoreResult<Vec<u8>> {
    let mut statement = db.prepare_cached("SELECT secret FROM pulse_rounds WHERE round = ?1 AND closes_at > ?2")?;
    let found = statement.query_row(params![round.to_string(), now.millis()], |row| row.get(0));
    found.optional()?.ok_or_else(closed)
}

/// Notes that a member fetches their token, and refuses a second one.
pub(super) fn fetch(
    db: Connection<'_>,
    caller: Caller,
    round: ItemId,
    blinded_hash: &str,
    now: Timestamp,
) -> StoreResult<()> {
    members::require(db, caller)?;
    secret(db, round, now)?;
    let place = params![round.to_string(), caller.member.to_string()];
    let sql = "SELECT blinded FROM pulse_fetched WHERE round = ?1 AND member = ?2";
    let before: Option<String> = db.query_row(sql, place, |row| row.get(0)).optional()?;
    match before {
        Some(before) if before == blinded_hash => Ok(()),
        Some(_) => Err(refused(
            "pulse_token_given",
            "You have had your one token of this round, on another computer most likely. Answer from there.",
        )),
        None => {
            db.execute(
                "INSERT INTO pulse_fetched (round, member, blinded) VALUES (?1, ?2, ?3)",
                params![round.to_string(), caller.member.to_string(), blinded_hash],
            )?;
            Ok(())
        }
    }
}

/// The round whose token a member has fetched.
pub(super) fn fetched(db: Connection<'_>, member: MemberId) -> StoreResult<Option<String>> {
    let sql = "SELECT round FROM pulse_fetched WHERE member = ?1";
    Ok(db.query_row(sql, [member.to_string()], |row| row.get(0)).optional()?)
}

/// Counts an answer whose token was checked; one whose number was used before counts no second time.
pub(super) fn count(
    db: Connection<'_>,
    changes: &mut Changes,
    round: ItemId,
    number: &[u8],
    answer: u8,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(column) = usize::from(answer).checked_sub(1).and_then(|place| COLUMNS.get(place)) else {
        return Err(refused("bad_pulse_answer", "An answer is a number from 1 to 5."));
    };
    secret(db, round, now)?;
    let mut statement =
        db.prepare_cached("INSERT INTO pulse_used (round, number) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    if statement.execute(params![round.to_string(), number])? == 0 {
        return Ok(());
    }
    db.execute(
        &format!("UPDATE pulse_counts SET {column} = {column} + 1 WHERE round = ?1"),
        [round.to_string()],
    )?;
    // In the log, one could read in which order what was written.
    changes.forget = true;
    Ok(())
}

/// Forgets that a member who leaves has fetched a token.
pub(super) fn part_with(db: Connection<'_>, member: MemberId) -> StoreResult<()> {
    db.execute("DELETE FROM pulse_fetched WHERE member = ?1", [member.to_string()])?;
    Ok(())
}
