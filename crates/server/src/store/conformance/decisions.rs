//! Decisions as the endpoint keeps them: who was heard, in the same breath as the voice; voices that nobody can read
//! before the close; and a close that waits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::kinds::{decision_close_id, decision_state_id, outcome_id, voice_id};

use super::super::Removal;
use super::*;

/// What Ana asks in these stories.
pub(crate) const ASKED: u128 = 70;

pub(crate) fn asked() -> ItemId {
    item_id(ASKED)
}

/// By then everybody has had their eight hours, and three days are over.
pub(crate) fn late() -> Timestamp {
    hours(5 * 24)
}

pub(crate) fn question(involved: &[&Session], voices: &str) -> Value {
    let involved: Vec<MemberId> = involved.iter().map(|one| one.member()).collect();
    json!({ "question": "Shall we move teatime to Tuesdays?", "how": { "style": "for_against" },
            "involved": involved, "voices": voices })
}

/// Words, sealed to what the endpoint says of the decision, as a desktop does it.
pub(crate) async fn sealed(by: &Session, said: &Value) -> Value {
    let state = by.reads(decision_state_id(asked())).await.unwrap();
    let seal: age::x25519::Recipient = state["seal"].as_str().unwrap().parse().unwrap();
    let ciphertext = age::encrypt(&seal, said.to_string().as_bytes()).unwrap();
    json!({ "decision": asked(), "sealed": STANDARD.encode(ciphertext) })
}

pub(crate) async fn says_hidden(by: &mut Session, said: &Value) {
    let body = sealed(by, said).await;
    let (id, audience) = (voice_id(by.member(), asked()), Audience::Only(vec![by.member()]));
    by.write_for(hours(1), audience, Kind::VOICE, id, body).await;
}

async fn says(by: &mut Session, stance: &str) {
    let id = voice_id(by.member(), asked());
    let body = json!({ "decision": asked(), "said": { "stance": stance } });
    by.write_at(hours(1), Kind::VOICE, id, body).await;
}

fn close(of: &Session) -> (ItemId, Value) {
    let body = json!({ "decision": asked(), "words": "Teatime moves to Tuesdays." });
    (decision_close_id(of.member(), asked()), body)
}

async fn heard(by: &Session) -> Value {
    by.reads(decision_state_id(asked())).await.unwrap()["heard"].clone()
}

pub(crate) async fn a_voice_and_that_it_was_heard_are_one_write(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben], "open"))
        .await;
    let state = ben.sees(decision_state_id(asked())).await.unwrap();
    assert_eq!(state.body.unwrap(), json!({ "decision": asked(), "heard": [] }));
    says(&mut ben, "for").await;
    assert_eq!(heard(&ana).await, json!([ben.member()]));
    // Changing one's mind is heard once.
    let before = ana.sees(decision_state_id(asked())).await.unwrap();
    says(&mut ben, "more_talk").await;
    assert_eq!(ana.sees(decision_state_id(asked())).await, Some(before));
    says(&mut ana, "for").await;
    assert_eq!(heard(&ben).await, json!([ana.member(), ben.member()]), "in their order");
    ben.write(Kind::VOICE, voice_id(ben.member(), asked()), Value::Null)
        .await;
    assert_eq!(heard(&ana).await, json!([ana.member()]));
    // Whoever listens hears the voice first, and that it was heard right after it.
    let told = fresh.heard.lock().unwrap().clone();
    let of_ana = told
        .iter()
        .position(|item| item.id == voice_id(ana.member(), asked()))
        .unwrap();
    assert_eq!(told[of_ana + 1].id, decision_state_id(asked()));
    assert_eq!(told[of_ana + 1].seq, told[of_ana].seq + 1);
}

pub(crate) async fn a_decision_counts_from_when_it_reached_the_team(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let mut op = ana.op(Kind::DECISION, asked(), question(&[&ana, &ben], "open"));
    op.created_at = start(); // written on a train four days ago
    ana.send(vec![op], late()).await.unwrap();
    assert_eq!(ben.sees(asked()).await.unwrap().created_at, late());
    let (id, body) = close(&ana);
    assert_eq!(
        ana.refused(late(), Kind::DECISION_CLOSE, id, body).await,
        "decision_waits"
    );
}

pub(crate) async fn closing_early_is_refused_and_closing_late_ends_it(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben], "open"))
        .await;
    says(&mut ana, "for").await;
    let (id, body) = close(&ana);
    assert_eq!(
        ana.refused(hours(48), Kind::DECISION_CLOSE, id, body.clone()).await,
        "decision_waits"
    );
    assert!(ben.reads(outcome_id(asked())).await.is_none());
    let (bens, words) = close(&ben);
    assert_eq!(
        ben.refused(late(), Kind::DECISION_CLOSE, bens, words).await,
        "not_owner"
    );
    ana.write_at(late(), Kind::DECISION_CLOSE, id, body).await;
    let outcome = ben.reads(outcome_id(asked())).await.unwrap();
    assert_eq!(outcome["words"], "Teatime moves to Tuesdays.");
    assert_eq!(
        outcome["voices"],
        json!([{ "member": ana.member(), "said": { "stance": "for" } }])
    );
    assert_eq!(outcome["not_heard"], json!([ben.member()]));
    assert_eq!(outcome["closed_at"], json!(late()));
    // What is decided is decided.
    let voice = json!({ "decision": asked(), "said": { "stance": "against" } });
    let id = voice_id(ben.member(), asked());
    assert_eq!(ben.refused(late(), Kind::VOICE, id, voice).await, "decision_closed");
    let mut withdrawn = question(&[&ana, &ben], "open");
    withdrawn["withdrawn"] = json!(true);
    assert_eq!(
        ana.refused(late(), Kind::DECISION, asked(), withdrawn).await,
        "decision_closed"
    );
    assert_eq!(
        ana.refused(late(), Kind::DECISION, asked(), Value::Null).await,
        "decision_closed"
    );
    assert_eq!(heard(&ben).await, json!([ana.member()]));
}

pub(crate) async fn admins_say_how_long_everyone_has(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let team = ana
        .page(0)
        .await
        .items
        .into_iter()
        .find(|item| item.kind == Kind::TEAM)
        .unwrap();
    let settings =
        |hours: u32| json!({ "name": "Tea", "settings": { "decision_hours": hours, "decision_working_hours": 1 } });
    assert_eq!(
        ben.refused(start(), Kind::TEAM, team.id, settings(1)).await,
        "not_admin"
    );
    assert_eq!(
        ana.refused(start(), Kind::TEAM, team.id, settings(0)).await,
        "bad_decision_hours"
    );
    ana.write(Kind::TEAM, team.id, settings(2)).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben], "open"))
        .await;
    let (id, body) = close(&ana);
    assert_eq!(
        ana.refused(hours(1), Kind::DECISION_CLOSE, id, body.clone()).await,
        "decision_waits"
    );
    ana.write_at(hours(3), Kind::DECISION_CLOSE, id, body).await;
}

pub(crate) async fn hidden_voices_are_opened_by_the_close_alone(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut cleo = join(&fresh.store, "Cleo", false).await;
    let involved = [&ana, &ben, &cleo];
    ana.write(Kind::DECISION, asked(), question(&involved, "hidden")).await;
    let said = json!({ "stance": "against", "words": "Tuesdays I sing." });
    says_hidden(&mut ben, &said).await;
    // What cannot be opened was heard all the same.
    let (id, mine) = (voice_id(cleo.member(), asked()), Audience::Only(vec![cleo.member()]));
    let stranger = age::x25519::Identity::generate().to_public();
    let lost = STANDARD.encode(age::encrypt(&stranger, b"{}").unwrap());
    let body = json!({ "decision": asked(), "sealed": lost });
    cleo.write_for(hours(2), mine, Kind::VOICE, id, body).await;
    assert_eq!(heard(&ana).await, json!([ben.member(), cleo.member()]));
    assert!(
        ana.sees(voice_id(ben.member(), asked())).await.is_none(),
        "a hidden voice is seen by nobody"
    );
    let (id, body) = close(&ana);
    ana.write_at(late(), Kind::DECISION_CLOSE, id, body).await;
    let outcome = cleo.reads(outcome_id(asked())).await.unwrap();
    let voices = json!([{ "member": ben.member(), "said": said }, { "member": cleo.member() }]);
    assert_eq!(outcome["voices"], voices);
    assert_eq!(outcome["not_heard"], json!([ana.member()]));
}

pub(crate) async fn what_comes_of_a_decision_is_for_those_who_see_it(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    let cleo = join(&fresh.store, "Cleo", false).await;
    let few = Audience::Only(vec![ben.member()]);
    ana.write_for(start(), few, Kind::DECISION, asked(), question(&[&ben], "open"))
        .await;
    let with_ana = Audience::Only(vec![ben.member(), ana.member()]);
    let (id, body) = close(&ana);
    ana.write_for(late(), with_ana.clone(), Kind::DECISION_CLOSE, id, body)
        .await;
    for id in [decision_state_id(asked()), outcome_id(asked())] {
        assert_eq!(ana.sees(id).await.unwrap().audience, with_ana);
        assert!(ben.sees(id).await.is_some());
        assert!(cleo.sees(id).await.is_none(), "nothing of it reaches others");
    }
}

pub(crate) async fn nobody_writes_who_was_heard_but_the_endpoint(fresh: Fresh) {
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben], "open"))
        .await;
    let state = json!({ "decision": asked(), "heard": [ana.member(), ben.member()] });
    let id = decision_state_id(asked());
    assert_eq!(
        ana.refused(hours(1), Kind::DECISION_STATE, id, state).await,
        "not_owner"
    );
    let outcome = json!({ "decision": asked(), "words": "As I say.", "closed_at": start(), "voices": [] });
    let id = outcome_id(asked());
    assert_eq!(ana.refused(hours(1), Kind::OUTCOME, id, outcome).await, "not_owner");
}

pub(crate) async fn a_decision_goes_with_all_that_answers_it(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben], "open"))
        .await;
    says(&mut ben, "for").await;
    ana.write(Kind::DECISION, asked(), Value::Null).await;
    for id in [asked(), decision_state_id(asked()), voice_id(ben.member(), asked())] {
        assert!(ben.reads(id).await.is_none());
    }
}

pub(crate) async fn whoever_leaves_is_taken_out_of_what_was_heard(fresh: Fresh) {
    let (mut ana, mut ben) = ana_and_ben(&fresh).await;
    let mut cleo = join(&fresh.store, "Cleo", false).await;
    ana.write(Kind::DECISION, asked(), question(&[&ana, &ben, &cleo], "open"))
        .await;
    says(&mut ben, "for").await;
    says(&mut cleo, "against").await;
    let leaves = |who: &Session, by: &Session, how| fresh.store.remove_member(by.caller, who.member(), how, hours(2));
    leaves(&cleo, &ana, Removal::ByAdmin).await.unwrap();
    assert_eq!(heard(&ana).await, json!([ben.member()]));
    // Cleo is waited for no more.
    says(&mut ana, "for").await;
    let (id, body) = close(&ana);
    ana.write_at(late(), Kind::DECISION_CLOSE, id, body).await;
    leaves(&ben, &ben, Removal::Erase).await.unwrap();
    let outcome = ana.reads(outcome_id(asked())).await.unwrap();
    assert_eq!(
        outcome["voices"],
        json!([{ "member": ana.member(), "said": { "stance": "for" } }])
    );
    assert!(!outcome.to_string().contains(&ben.member().to_string()));
    assert_eq!(heard(&ana).await, json!([ana.member()]));
}

pub(crate) async fn what_was_decided_outlives_the_removal_of_who_asked(fresh: Fresh) {
    let (ana, mut ben) = ana_and_ben(&fresh).await;
    ben.write(Kind::DECISION, asked(), question(&[&ana], "open")).await;
    let open = item_id(71);
    ben.write(Kind::DECISION, open, question(&[&ana], "open")).await;
    let (id, body) = close(&ben);
    ben.write_at(late(), Kind::DECISION_CLOSE, id, body).await;
    let removed = fresh
        .store
        .remove_member(ana.caller, ben.member(), Removal::ByAdmin, late());
    removed.await.unwrap();
    assert!(ana.reads(asked()).await.is_some());
    assert_eq!(
        ana.reads(outcome_id(asked())).await.unwrap()["words"],
        "Teatime moves to Tuesdays."
    );
    assert!(ana.reads(open).await.is_none(), "nobody is left who could close it");
}
