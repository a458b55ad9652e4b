//! Strangers at every door of a team: those without a key, with a broken or an ended one, those of another team, and
//! members at the doors of admins. Each hears the same as all others, nothing is told of what is behind the door, and
//! nothing comes of it; then whoever it is for goes in with the very same call.

use samovar_domain::{Audience, BlobHash, ItemId};
use samovar_testkit::photos::DESK;
use serde_json::json;

use crate::errands::{Door, Errand, House, Things};
use crate::given::Caller;
use crate::photos::put;
use crate::walk::{Answer, Name, Route, routes};

/// What strangers say of themselves: who they are, and what stands in `Authorization`.
fn strangers(house: &House, elsewhere: &House) -> Vec<(&'static str, Option<String>)> {
    let bearer = |token: &str| Some(format!("Bearer {token}"));
    let token = &house.team.ben.token;
    let mut strangers = vec![
        ("nobody", None),
        ("an empty word", Some(String::new())),
        ("an empty token", bearer("")),
        ("another way to say who one is", Some("Basic QmVuOmJlbg==".to_owned())),
        ("a token in a way of its own", Some(token.clone())),
        ("a guess", bearer(&format!("smv_{}", "A".repeat(43)))),
        ("a token that is cut", bearer(&token[..token.len() - 1])),
        ("a token and a letter", bearer(&format!("{token}A"))),
        ("a token in capitals", bearer(&token.to_uppercase())),
        ("a token without its beginning", bearer(&token[4..])),
        ("two tokens", bearer(&format!("{token},{token}"))),
        ("an invite", bearer(&house.things.invite)),
        ("a feed", bearer(&house.things.feed)),
        ("one of another team", bearer(&elsewhere.team.ben.token)),
        ("the owner of another team", bearer(&elsewhere.team.ana.token)),
    ];
    strangers.extend(house.ended.iter().map(|(whose, token)| (*whose, bearer(token))));
    strangers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_no_key_hears_one_word_at_every_door_and_nothing_comes_of_it() {
    let (house, elsewhere) = (House::furnished().await, House::furnished().await);
    let before = house.state().await;
    let doors = house.doors(&[Door::Members, Door::Admins]).await;
    let mut word = None;
    for route in &doors {
        let errand = Errand::at(route, &house.things, &house);
        for (who, says) in strangers(&house, &elsewhere) {
            let mut call = errand.run(&house);
            if let Some(says) = says {
                call = call.header("authorization", says);
            }
            let answer = Answer::to(call).await;
            assert_eq!(
                answer.refusal(),
                (401, "unauthorized".into()),
                "{who} at {}",
                route.name()
            );
            let word = word.get_or_insert_with(|| answer.clone());
            assert_eq!(answer, *word, "{who} at {}", route.name());
        }
        // A token in the address would stand in every log on the way.
        let token = &house.team.ben.token;
        let call = errand.run(&house).query(&[("access_token", token), ("token", token)]);
        assert_eq!(Answer::to(call).await.status, 401, "{}", route.name());
        assert_eq!(house.state().await, before, "{}", route.name());
    }
    for route in &doors {
        opens(&house, route).await;
    }
}

/// The call that was refused was all right but for who made it.
async fn opens(house: &House, route: &Route) {
    let errand = Errand::at(route, &house.things, house);
    let mut call = errand.run(house);
    if let Some(caller) = house.right_one(&errand) {
        call = call.bearer_auth(&caller.token);
    }
    let answer = Answer::to(call).await;
    assert!(answer.is_success(), "{}: {}", route.name(), answer.told());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_hears_the_same_at_an_admins_door_whether_or_not_there_is_something_behind_it() {
    let house = House::furnished().await;
    let before = house.state().await;
    for route in &house.doors(&[Door::Admins]).await {
        let mut word = None;
        let things = match route.path.as_str() {
            // Who is in the team, everybody in it knows.
            "/v1/members/{id}" => vec![house.things.clone()],
            _ => vec![house.things.clone(), Things::never(house.team.ana.now)],
        };
        for things in things {
            let call = Errand::at(route, &things, &house)
                .run(&house)
                .bearer_auth(&house.team.ben.token);
            let answer = Answer::to(call).await;
            assert_eq!(answer.refusal(), (403, "not_admin".into()), "{}", route.name());
            let word = word.get_or_insert_with(|| answer.clone());
            assert_eq!(answer, *word, "{}", route.name());
        }
        assert_eq!(house.state().await, before, "{}", route.name());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_of_another_team_is_as_good_as_a_guess_and_one_that_has_ended_no_better() {
    let (house, elsewhere) = (House::furnished().await, House::furnished().await);
    let before = house.state().await;
    let doors = house.doors(&[Door::Secret]).await;
    for route in &doors {
        let guessed = Things::never(house.team.ana.now);
        let ended = Things {
            invite: house.old_invite.clone(),
            feed: house.old_feed.clone(),
            ..guessed.clone()
        };
        let foreign = elsewhere.things.clone();
        let mut word = None;
        for (which, things) in [("guessed", guessed), ("another team's", foreign), ("ended", ended)] {
            let errand = Errand::at(route, &things, &house);
            let answer = Answer::to(errand.run(&house)).await;
            assert!(
                matches!(answer.status, 404 | 410),
                "{which}: {} {}",
                route.name(),
                answer.told()
            );
            let answer = answer.about(&things.invite);
            let word = word.get_or_insert_with(|| answer.clone());
            assert_eq!(answer, *word, "{which}: {}", route.name());
        }
        assert_eq!(house.state().await, before, "{}", route.name());
    }
    for route in &doors {
        opens(&house, route).await;
    }
}

#[tokio::test]
async fn what_is_open_to_everybody_tells_nothing_of_a_team() {
    let house = House::furnished().await;
    for route in &house.doors(&[Door::Everybody]).await {
        let errand = Errand::at(route, &house.things, &house);
        for says in [None, Some(&house.team.ana.token)] {
            let mut call = errand.run(&house);
            if let Some(token) = says {
                call = call.bearer_auth(token);
            }
            let told = Answer::to(call).await;
            assert!(told.is_success() || told.is_not_offered(route), "{}", route.name());
            for trace in house.traces() {
                let is_format = trace == "smv_" && route.path == "/v1/openapi.json";
                assert!(
                    is_format || !told.told().contains(&trace),
                    "{} tells of {trace}",
                    route.name()
                );
            }
        }
    }
}

/// Something that is not for `reader`, or not of their team at all, and something that never was: each route says the
/// same of both.
async fn is_as_if_it_never_was(reader: &Caller, what: &str, name: Name) {
    // By one of them the reader would leave, whatever is asked.
    let asked = routes(reader)
        .await
        .into_iter()
        .filter(|route| route.path != "/v1/members/me");
    for route in asked {
        let never = Name::of_nothing(name, reader);
        let (answers, is_about_it) = route.answers(reader, name).await;
        let (none, _) = route.answers(reader, never).await;
        assert_eq!(answers.len(), none.len());
        for (place, (answer, none)) in answers.iter().zip(&none).enumerate() {
            // One's own feed says when it was written, and is not about what is asked.
            let is_own_feed = route.path == "/v1/calendar/{feed}.ics" && place == 0;
            assert!(
                answer == none || !is_about_it || is_own_feed,
                "{what}, {}: {}\n{}",
                route.name(),
                answer.told(),
                none.told()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_for_somebody_is_to_them_what_never_was_on_every_route() {
    let (house, elsewhere) = (House::furnished().await, House::furnished().await);
    let (ana, ben) = (&house.team.ana, &house.team.ben);
    let but_ben = Audience::Except(vec![ben.member]);
    let picture = put(ana, &samovar_pictures::prepare(DESK).unwrap().thumbnail.bytes).await;
    let shown = json!({ "blob": picture, "width": 8, "height": 8, "thumbhash": "" });
    let surprise = json!({ "text": "a surprise for Ben", "photos": [shown], "lifetime": "24h" });
    let hidden = ItemId::new(ana.now);
    assert_eq!(ana.writes("snapshot", hidden, &but_ben, surprise).await.problem, None);
    let of_ben = ben.says_to(&Audience::Only(vec![ben.member]), "a note to myself").await;
    let foreign = elsewhere.team.ana.says("from another house").await;
    let name = |id: ItemId| Name {
        id,
        photo: BlobHash::of(id.to_string().as_bytes()),
    };
    let of_device = |caller: &Caller| name(ItemId(caller.device.0));
    let with_picture = Name {
        id: hidden,
        photo: picture,
    };
    is_as_if_it_never_was(ben, "hidden from Ben", with_picture).await;
    is_as_if_it_never_was(ben, "a computer of Ana's", of_device(ana)).await;
    is_as_if_it_never_was(ben, "another team's", name(foreign)).await;
    // Whoever owns the team sees no more than others.
    is_as_if_it_never_was(ana, "for Ben alone", name(of_ben)).await;
    is_as_if_it_never_was(ana, "a computer of Ben's", of_device(ben)).await;
    let owner_elsewhere = ItemId(elsewhere.team.ana.member.0);
    is_as_if_it_never_was(ana, "the owner of another team", name(owner_elsewhere)).await;
}
