//! Rounds of the pulse: opened and closed by the endpoint, with counts and nothing else of what was answered. The first owner
//! lives in Berlin; these stories begin a week before the first of December, a Tuesday.

use samovar_domain::kinds::pulse_result_id;

use super::super::Removal;
use super::*;
use crate::pulse_tokens::RoundKey;

const DAY: u64 = 24;
/// Ten in Berlin, on the first of December.
pub(crate) const OPENS: u64 = 8 * DAY;
/// Ten days later.
pub(crate) const CLOSES: u64 = OPENS + 10 * DAY;

async fn team_of(who: &Session) -> ItemId {
    let items = who.page(0).await.items;
    items.iter().find(|item| item.kind == Kind::TEAM).unwrap().id
}

pub(crate) async fn sets(who: &mut Session, pulse: Value, now: Timestamp) {
    let team = team_of(who).await;
    let body = json!({ "name": "Tea", "settings": { "pulse": pulse } });
    who.write_at(now, Kind::TEAM, team, body).await;
}

/// The round that somebody sees last.
pub(crate) async fn round(who: &Session) -> Option<Item> {
    let mut items = who.page(0).await.items.into_iter();
    items.rfind(|item| item.kind == Kind::PULSE_ROUND)
}

pub(crate) async fn tends(fresh: &Fresh, at: u64) {
    fresh
        .store
        .tend_pulse(RoundKey::new().to_keep(), hours(at))
        .await
        .unwrap();
}

/// A team that asks itself, with its first round open.
pub(crate) async fn with_a_round(fresh: &Fresh) -> (Session, Session, ItemId) {
    let (mut ana, ben) = ana_and_ben(fresh).await;
    sets(&mut ana, json!({ "on": true }), start()).await;
    tends(fresh, OPENS).await;
    let round = round(&ben).await.expect("a round is open").id;
    (ana, ben, round)
}

pub(crate) async fn answers(fresh: &Fresh, round: ItemId, all: &[u8]) {
    for (place, answer) in all.iter().enumerate() {
        let number = vec![u8::try_from(place).unwrap() + 100; 32];
        fresh
            .store
            .count_pulse_answer(round, number, *answer, hours(OPENS + 1))
            .await
            .unwrap();
    }
}

async fn result(who: &Session, round: ItemId) -> Option<Value> {
    who.reads(pulse_result_id(round)).await
}

pub(crate) async fn a_round_opens_once_a_month_when_it_is_switched_on(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    assert_eq!(fresh.store.next_pulse(start()).await.unwrap(), None);
    tends(&fresh, OPENS).await;
    assert!(round(&ben).await.is_none(), "it is off by default");
    sets(&mut ana, json!({ "on": true }), start()).await;
    assert_eq!(fresh.store.next_pulse(start()).await.unwrap(), Some(hours(OPENS)));
    tends(&fresh, OPENS - 1).await;
    assert!(round(&ben).await.is_none(), "it is not time yet");
    assert_eq!(fresh.store.next_pulse(hours(OPENS)).await.unwrap(), Some(hours(OPENS)));
    tends(&fresh, OPENS).await;
    let first = round(&ben).await.unwrap();
    let body = first.body.unwrap();
    assert_eq!(
        (first.owner, first.audience),
        (samovar_domain::Owner::Team, Audience::Team)
    );
    assert_eq!(
        (&body["question"], &body["opens_at"]),
        (&json!("belong"), &json!(hours(OPENS)))
    );
    assert_eq!(body["closes_at"], json!(hours(CLOSES)));
    assert_eq!(body["public_key"].as_str().unwrap().len(), 44);
    // Whatever looks again, and however often.
    tends(&fresh, OPENS + 1).await;
    assert_eq!(round(&ben).await.unwrap().id, first.id);
    assert_eq!(fresh.store.next_pulse(hours(OPENS)).await.unwrap(), Some(hours(CLOSES)));
    tends(&fresh, CLOSES).await;
    // The first of January is a Friday.
    let january = OPENS + 31 * DAY;
    assert_eq!(
        fresh.store.next_pulse(hours(CLOSES)).await.unwrap(),
        Some(hours(january))
    );
    tends(&fresh, january).await;
    let second = round(&ben).await.unwrap();
    assert_ne!(second.id, first.id);
    assert_ne!(second.body.unwrap()["public_key"], body["public_key"]);
}

/// What is shown once the round closes with these answers, when nothing was shown before.
async fn shown_of(fresh: &Fresh, all: &[u8]) -> Value {
    let (_, ben, round) = with_a_round(fresh).await;
    answers(fresh, round, all).await;
    tends(fresh, CLOSES - 1).await;
    assert_eq!(result(&ben, round).await, None, "nothing before it closes");
    tends(fresh, CLOSES).await;
    let result = result(&ben, round).await.unwrap();
    assert_eq!(result["round"], json!(round));
    result["counts"].clone()
}

pub(crate) async fn five_answers_are_shown_when_the_round_closes(fresh: Fresh) {
    assert_eq!(shown_of(&fresh, &[5, 5, 4, 1, 5]).await, json!([1, 0, 0, 1, 3]));
}

pub(crate) async fn four_answers_are_never_shown(fresh: Fresh) {
    assert_eq!(shown_of(&fresh, &[5, 5, 4, 1]).await, Value::Null);
}

pub(crate) async fn a_number_counts_once_and_only_while_its_round_is_open(fresh: Fresh) {
    let (_, ben, round) = with_a_round(&fresh).await;
    answers(&fresh, round, &[3, 3, 3, 3]).await;
    // The same numbers, with another answer: what was lost on the way is sent again.
    answers(&fresh, round, &[4, 4, 4, 4]).await;
    let number = || vec![1; 32];
    let count = |answer, at| fresh.store.count_pulse_answer(round, number(), answer, hours(at));
    assert_eq!(code(count(0, OPENS).await), "bad_pulse_answer");
    assert_eq!(code(count(6, OPENS).await), "bad_pulse_answer");
    assert_eq!(
        code(count(2, CLOSES).await),
        "pulse_closed",
        "late, whether it was tended or not"
    );
    let other = fresh.store.count_pulse_answer(item_id(5), number(), 2, hours(OPENS));
    assert_eq!(code(other.await), "pulse_closed", "as for one that never was");
    tends(&fresh, CLOSES).await;
    assert_eq!(result(&ben, round).await.unwrap()["counts"], Value::Null);
    assert_eq!(code(count(2, CLOSES + 1).await), "pulse_closed");
}

pub(crate) async fn each_member_has_one_token_of_a_round(fresh: Fresh) {
    let (ana, ben, round) = with_a_round(&fresh).await;
    let now = hours(OPENS + 1);
    let fetch = |who: &Session, blinded: &'static str, now| {
        let (store, caller) = (Arc::clone(&who.store), who.caller);
        async move { store.fetch_pulse_token(caller, round, blinded, now).await }
    };
    fetch(&ana, "one", now).await.unwrap();
    fetch(&ana, "one", now).await.unwrap();
    assert_eq!(code(fetch(&ana, "two", now).await), "pulse_token_given");
    fetch(&ben, "two", now).await.unwrap();
    assert_eq!(
        fresh.store.pulse_fetched(ana.member()).await.unwrap(),
        Some(round.to_string())
    );
    assert_eq!(code(fetch(&ben, "two", hours(CLOSES)).await), "pulse_closed");
    assert!(fresh.store.pulse_secret(round, now).await.is_ok());
    // Another computer of hers, since it is one for each member.
    let device = fresh.store.enrol(ana.caller, "laptop", "token two", now).await.unwrap();
    let laptop = Caller { device, ..ana.caller };
    let second = fresh.store.fetch_pulse_token(laptop, round, "three", now);
    assert_eq!(code(second.await), "pulse_token_given");
    fresh.store.delete_device(ana.caller, device, start()).await.unwrap();
    let ended = fresh.store.fetch_pulse_token(laptop, round, "one", now).await;
    assert_eq!(ended, Err(StoreError::UnknownDevice));
    // With the round goes who fetched one, and with a member that they did.
    fresh
        .store
        .remove_member(ben.caller, ben.member(), Removal::Erase, now)
        .await
        .unwrap();
    assert_eq!(fresh.store.pulse_fetched(ben.member()).await.unwrap(), None);
    tends(&fresh, CLOSES).await;
    assert_eq!(fresh.store.pulse_fetched(ana.member()).await.unwrap(), None);
    assert_eq!(code(fresh.store.pulse_secret(round, now).await), "pulse_closed");
}

/// What is shown when it is switched off in the middle of a round with these answers.
async fn shown_when_switched_off(fresh: &Fresh, all: &[u8]) -> Value {
    let (mut ana, ben, open) = with_a_round(fresh).await;
    answers(fresh, open, all).await;
    // Another setting is none of its business.
    sets(&mut ana, json!({ "on": true, "open_days": 3 }), hours(OPENS + 2)).await;
    assert_eq!(result(&ben, open).await, None);
    sets(&mut ana, json!({ "on": false }), hours(OPENS + 2)).await;
    let shown = result(&ben, open).await.unwrap()["counts"].clone();
    assert_eq!(ben.reads(open).await.unwrap()["closes_at"], json!(hours(OPENS + 2)));
    let late = fresh.store.count_pulse_answer(open, vec![9; 32], 2, hours(OPENS + 2));
    assert_eq!(code(late.await), "pulse_closed");
    // Nor does it begin again in the same month.
    sets(&mut ana, json!({ "on": true }), hours(OPENS + 3)).await;
    tends(fresh, OPENS + 3).await;
    assert_eq!(round(&ben).await.unwrap().id, open);
    shown
}

pub(crate) async fn switching_it_off_closes_a_round_at_once(fresh: Fresh) {
    let shown = shown_when_switched_off(&fresh, &[2, 2, 2, 2, 2, 2]).await;
    assert_eq!(shown, json!([0, 6, 0, 0, 0]));
}

pub(crate) async fn switching_it_off_shows_nothing_of_few(fresh: Fresh) {
    assert_eq!(shown_when_switched_off(&fresh, &[2, 2]).await, Value::Null);
}

pub(crate) async fn nobody_writes_rounds_and_results_but_the_endpoint(fresh: Fresh) {
    let (mut ana, _, round) = with_a_round(&fresh).await;
    let body = ana.reads(round).await.unwrap();
    for (kind, id, body) in [
        (Kind::PULSE_ROUND, item_id(3), body.clone()),
        (Kind::PULSE_ROUND, round, body),
        (Kind::PULSE_ROUND, round, Value::Null),
        (
            Kind::PULSE_RESULT,
            pulse_result_id(round),
            json!({ "round": round, "counts": [9, 9, 9, 9, 9] }),
        ),
    ] {
        assert!(!ana.refused(hours(OPENS), kind, id, body).await.is_empty());
    }
    assert_eq!(result(&ana, round).await, None);
}
