//! Mirrors: what is shown where the team already talks, against stand-ins that take only what each service's documents
//! describe and can fail in every way.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use samovar_domain::kinds::kudos_wish_id;
use samovar_domain::wire::{MirrorHealth, MirrorState};
use samovar_domain::{Audience, Clock as _, ItemId, Kind};
use samovar_testkit::{Fault, MIRROR_SECRET, MIRROR_TOKEN, MirrorStandIn};
use serde_json::{Value, json};

use crate::given::{Caller, Team, refusal};

const SERVICES: [&str; 7] = [
    "slack_webhook",
    "slack_bot",
    "teams",
    "mattermost",
    "discord",
    "matrix",
    "webhook",
];
/// What people may write that would format, mention, embed or break something somewhere.
const NASTY: &str =
    "<!channel> @everyone & *you*, `x` [y](http://z) <script>alert(1)</script> {{DATE(2026-01-01)}}\n# all";

impl Team {
    /// Sets a mirror up at a stand-in for this service.
    async fn mirrors_to(&self, service: &str) -> (MirrorStandIn, String) {
        let stand_in = MirrorStandIn::start(service, &self.clock).await;
        let body = json!({ "name": service, "target": stand_in.target(), "shows": ["kudos", "gatherings"] });
        let answer = self.ana.call(Method::POST, "/v1/mirrors").json(&body);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        let made: Value = answer.json().await.unwrap();
        (stand_in, made["id"].as_str().unwrap().to_owned())
    }

    async fn health(&self, id: &str) -> MirrorHealth {
        let answer = self.ana.get("/v1/mirrors").await;
        let all: Vec<MirrorHealth> = answer.json().await.unwrap();
        all.into_iter().find(|health| health.id.to_string() == id).unwrap()
    }

    /// Time passes, and what is due is carried.
    async fn after(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.endpoint.carries().await;
    }

    /// Ana thanks Ben, and it is carried.
    async fn thanks(&self, reason: &str) -> ItemId {
        let id = self.thanks_quietly(reason, &Audience::Team).await;
        self.endpoint.carries().await;
        id
    }

    async fn thanks_quietly(&self, reason: &str, audience: &Audience) -> ItemId {
        let id = ItemId::new(self.clock.now());
        let body = json!({ "to": [self.ben.member], "reason": reason });
        let result = self.ana.writes(Kind::KUDOS, id, audience, body).await;
        assert_eq!(result.problem, None);
        id
    }
}

async fn posts(admin: &Caller, id: &str, what: &str) -> StatusCode {
    let path = format!("/v1/mirrors/{id}/{what}");
    admin.call(Method::POST, &path).send().await.unwrap().status()
}

#[tokio::test]
async fn thanks_are_shown_changed_and_taken_back_as_each_service_can() {
    for service in SERVICES {
        let team = Team::gather().await;
        let (channel, id) = team.mirrors_to(service).await;
        let kudos = team.thanks(&format!("The kettle was warm. {NASTY}")).await;
        channel.shows("the thanks", |texts| texts.len() == 1).await;
        assert_eq!(channel.complaints(), [""; 0], "{service}");
        let text = &channel.texts()[0];
        assert!(
            ["Ana", "Ben", "kettle"].iter().all(|word| text.contains(word)),
            "{service}: {text}"
        );

        let changed = json!({ "to": [team.ben.member], "reason": "The teapot was warm, all of the week." });
        let result = team.ana.writes(Kind::KUDOS, kudos, &Audience::Team, changed).await;
        assert_eq!(result.problem, None);
        team.endpoint.carries().await;
        let can_change = ["slack_bot", "discord", "matrix"].contains(&service);
        channel
            .shows("the changed words", |texts| {
                texts.last().is_some_and(|text| text.contains("teapot"))
            })
            .await;
        assert_eq!(channel.texts().len(), if can_change { 1 } else { 2 }, "{service}");

        team.ana.writes(Kind::KUDOS, kudos, &Audience::Team, Value::Null).await;
        team.endpoint.carries().await;
        if can_change {
            channel.shows("nothing any more", <[String]>::is_empty).await;
        } else {
            channel.shows("that it was taken back", |texts| texts.len() == 3).await;
            let last = channel.texts().pop().unwrap();
            assert!(
                last.contains("taken") && !last.contains("Ben") && !last.contains("teapot"),
                "{service}: {last}"
            );
        }
        assert_eq!(channel.complaints(), [""; 0], "{service}");
        let health = team.health(&id).await;
        assert_eq!(
            (health.state, health.waiting, health.trouble),
            (MirrorState::Running, 0, None),
            "{service}"
        );
    }
}

#[tokio::test]
async fn the_longest_words_still_fit_everywhere() {
    for service in SERVICES {
        let team = Team::gather().await;
        let (channel, _) = team.mirrors_to(service).await;
        team.thanks(&"*<&>@".repeat(400)).await;
        team.thanks(&"🫖茶ش".repeat(660)).await;
        channel.shows("both", |texts| texts.len() == 2).await;
        assert_eq!(channel.complaints(), [""; 0], "{service}");
    }
}

#[tokio::test]
async fn a_gathering_is_shown_ten_minutes_ahead_and_again_when_it_is_called_off() {
    for service in SERVICES {
        let team = Team::gather().await;
        let (channel, id) = team.mirrors_to(service).await;
        let gathering = ItemId::new(team.clock.now());
        let body = |cancelled: bool| {
            json!({ "activity": "teatime", "title": "Teatime *for all*", "starts_at": "2026-11-23T10:00:00.000Z",
                    "duration_min": 30, "time_zone": "Europe/Berlin", "link": "https://meet.example.org/tea?a=1&b=2",
                    "cancelled": cancelled })
        };
        let result = team
            .ana
            .writes(Kind::GATHERING, gathering, &Audience::Team, body(false))
            .await;
        assert_eq!(result.problem, None);
        team.after(49 * 60).await;
        assert_eq!(channel.calls(), 0, "{service}");
        team.after(60).await;
        channel.shows("the call", |texts| texts.len() == 1).await;
        let text = channel.texts().pop().unwrap();
        assert!(
            text.contains("Teatime") && text.contains("meet.example.org"),
            "{service}: {text}"
        );

        team.ana
            .writes(Kind::GATHERING, gathering, &Audience::Team, body(true))
            .await;
        team.endpoint.carries().await;
        channel
            .shows("that it is off", |texts| {
                texts
                    .last()
                    .is_some_and(|text| text.contains("does not take place") || text.contains("\"cancelled\":true"))
            })
            .await;
        assert_eq!(channel.complaints(), [""; 0], "{service}");
        assert_eq!(team.health(&id).await.waiting, 0, "{service}");
    }
}

#[tokio::test]
async fn what_is_not_for_all_is_shown_nowhere() {
    let team = Team::gather().await;
    let (channel, _) = team.mirrors_to("matrix").await;
    let few = Audience::Only(vec![team.ben.member]);
    team.thanks_quietly("Between the two of us alone.", &few).await;
    let but_cem = Audience::Except(vec![team.ana.member]);
    let body = json!({ "to": [team.ana.member], "reason": "She must not see this at all." });
    team.ben
        .writes(Kind::KUDOS, ItemId::new(team.clock.now()), &but_cem, body)
        .await;
    team.ana.says("a snapshot is not for elsewhere").await;
    // Public when it was given, but before it was carried Ben says how he likes it.
    let (slow, _) = team.mirrors_to("teams").await;
    slow.fails_with(&[Fault::Status(503)]);
    team.thanks_quietly("The first, which the service did not take at once.", &Audience::Team)
        .await;
    team.endpoint.carries().await;
    let wish = json!({ "wish": "between_us" });
    let result = team
        .ben
        .writes(Kind::KUDOS_WISH, kudos_wish_id(team.ben.member), &Audience::Team, wish)
        .await;
    assert_eq!(result.problem, None);
    team.after(60).await;
    assert_eq!(slow.texts(), [""; 0]);
    channel.shows("the public one", |texts| texts.len() == 1).await;
    assert!(channel.texts()[0].contains("The first"));
}

#[tokio::test]
async fn order_is_kept_and_a_service_is_waited_for_as_long_as_it_asks() {
    let team = Team::gather().await;
    let (channel, id) = team.mirrors_to("discord").await;
    channel.fails_with(&[Fault::Status(500), Fault::Busy(120)]);
    for n in 1..=3 {
        team.thanks(&format!("Thanks with the number {n}")).await;
    }
    let health = team.health(&id).await;
    assert_eq!((health.waiting, health.trouble.as_deref()), (3, Some("failing")));
    assert_eq!(channel.calls(), 1, "the others wait behind the first");
    team.after(13).await;
    assert_eq!(team.health(&id).await.trouble.as_deref(), Some("busy"));
    team.after(118).await;
    assert_eq!(channel.calls(), 2, "it asked for two minutes");
    team.after(2).await;
    channel.shows("all three", |texts| texts.len() == 3).await;
    for (n, text) in (1..).zip(channel.texts()) {
        assert!(text.contains(&format!("number {n}")), "{text}");
    }
    assert_eq!(team.health(&id).await.trouble, None);
}

#[tokio::test]
async fn nothing_is_shown_twice_when_a_connection_breaks_after_it_was_done() {
    for service in SERVICES {
        let team = Team::gather().await;
        let (channel, id) = team.mirrors_to(service).await;
        channel.fails_with(&[Fault::DoneAndCut]);
        team.thanks("Said once, and to be read once.").await;
        team.thanks("And something after that one.").await;
        team.after(60).await;
        channel.shows("both, once each", |texts| texts.len() == 2).await;
        team.after(60).await;
        assert_eq!(channel.texts().len(), 2, "{service}: {:?}", channel.texts());
        let knows_repeats = ["matrix", "webhook"].contains(&service);
        let health = team.health(&id).await;
        assert_eq!(health.uncertain, u32::from(!knows_repeats), "{service}");
        assert_eq!(
            (health.state, health.trouble),
            (MirrorState::Running, None),
            "{service}"
        );
    }
}

#[tokio::test]
async fn a_mirror_that_does_not_answer_holds_up_nothing_else() {
    let team = Team::gather().await;
    let (silent, silent_id) = team.mirrors_to("mattermost").await;
    let (fine, _) = team.mirrors_to("slack_bot").await;
    silent.is_always(Some(Fault::Silence));
    team.thanks_quietly("Somebody is listening, somebody is not.", &Audience::Team)
        .await;
    let carrying = team.endpoint.carries();
    let meanwhile = async {
        fine.shows("the thanks", |texts| texts.len() == 1).await;
        team.ana.says("and the endpoint takes what it is given").await;
    };
    tokio::join!(carrying, meanwhile);
    let health = team.health(&silent_id).await;
    assert_eq!((health.uncertain, health.trouble.as_deref()), (1, Some("cut")));
}

#[tokio::test]
async fn a_mirror_that_is_gone_is_broken_visibly_and_goes_on_when_it_is_mended() {
    let cases = [
        (Fault::Status(404), "gone"),
        (Fault::Status(403), "not_allowed"),
        (Fault::Elsewhere, "redirected"),
    ];
    for (fault, trouble) in cases {
        let team = Team::gather().await;
        let (channel, id) = team.mirrors_to("slack_webhook").await;
        channel.is_always(Some(fault));
        team.thanks("This one waits until somebody looks.").await;
        team.thanks("And so does this other one here.").await;
        let health = team.health(&id).await;
        assert_eq!((health.state, health.waiting), (MirrorState::Broken, 2));
        assert_eq!(health.trouble.as_deref(), Some(trouble));
        assert_eq!(channel.calls(), 1, "it is not tried in vain");
        channel.is_always(None);
        assert_eq!(posts(&team.ana, &id, "resume").await, StatusCode::NO_CONTENT);
        team.endpoint.carries().await;
        channel.shows("both", |texts| texts.len() == 2).await;
        assert_eq!(team.health(&id).await.state, MirrorState::Running);
    }
}

#[tokio::test]
async fn what_does_not_arrive_within_a_day_is_given_up() {
    let team = Team::gather().await;
    let (channel, id) = team.mirrors_to("teams").await;
    channel.is_always(Some(Fault::Status(502)));
    team.thanks("Nobody will read this elsewhere.").await;
    for _ in 0..60 {
        team.after(1_800).await;
    }
    let health = team.health(&id).await;
    assert_eq!(health.state, MirrorState::Broken);
    assert_eq!(health.trouble.as_deref(), Some("failing"));
    assert!((12..45).contains(&channel.calls()), "{} tries", channel.calls());
    channel.is_always(None);
    posts(&team.ana, &id, "resume").await;
    team.after(1).await;
    assert_eq!(channel.texts(), [""; 0], "old news is no news");
    assert_eq!(team.health(&id).await.waiting, 0);
}

#[tokio::test]
async fn a_message_that_is_not_taken_is_left_out_and_three_in_a_row_are_the_mirror_s_fault() {
    let team = Team::gather().await;
    let (channel, id) = team.mirrors_to("mattermost").await;
    channel.fails_with(&[Fault::Status(400)]);
    team.thanks("For some reason not taken there.").await;
    team.thanks("This one is taken all the same.").await;
    channel.shows("the second", |texts| texts.len() == 1).await;
    assert_eq!(team.health(&id).await.refused, 1);
    channel.is_always(Some(Fault::Status(400)));
    for n in 0..3 {
        team.thanks(&format!("Not taken either, number {n}")).await;
    }
    assert_eq!(team.health(&id).await.state, MirrorState::Broken);
}

#[tokio::test]
async fn what_is_given_in_a_pause_is_not_brought_up_later_but_taken_back_it_is() {
    let team = Team::gather().await;
    let (channel, id) = team.mirrors_to("discord").await;
    let before = team.thanks("Given before the pause began.").await;
    channel.shows("the first", |texts| texts.len() == 1).await;
    assert_eq!(posts(&team.ana, &id, "pause").await, StatusCode::NO_CONTENT);
    team.thanks("Given while nobody wanted to see it.").await;
    team.ana.writes(Kind::KUDOS, before, &Audience::Team, Value::Null).await;
    team.after(60).await;
    assert_eq!(channel.texts().len(), 1);
    posts(&team.ana, &id, "resume").await;
    team.thanks("Given after the pause has ended.").await;
    channel
        .shows("only the last", |texts| {
            texts.len() == 1 && texts[0].contains("has ended")
        })
        .await;
}

#[tokio::test]
async fn what_was_deleted_there_by_hand_is_no_trouble() {
    for service in ["slack_bot", "discord", "matrix"] {
        let team = Team::gather().await;
        let (channel, id) = team.mirrors_to(service).await;
        let kudos = team.thanks("Deleted there before it is here.").await;
        channel.shows("it", |texts| texts.len() == 1).await;
        channel.is_swept();
        team.ana.writes(Kind::KUDOS, kudos, &Audience::Team, Value::Null).await;
        team.endpoint.carries().await;
        let health = team.health(&id).await;
        assert_eq!(
            (health.state, health.waiting, health.trouble),
            (MirrorState::Running, 0, None),
            "{service}"
        );
    }
}

#[tokio::test]
async fn whoever_leaves_is_not_named_there_any_more() {
    let team = Team::gather().await;
    let (channel, _) = team.mirrors_to("matrix").await;
    team.thanks("You carried all of us in May.").await;
    channel.shows("it", |texts| texts.len() == 1).await;
    assert_eq!(team.ben.delete("/v1/members/me").await.status(), StatusCode::NO_CONTENT);
    team.endpoint.carries().await;
    channel.shows("nothing", <[String]>::is_empty).await;
}

#[tokio::test]
async fn only_admins_see_to_mirrors_and_nobody_is_told_what_opens_one() {
    let team = Team::gather().await;
    let mut ids = Vec::new();
    let mut stand_ins = Vec::new();
    for service in SERVICES {
        let (stand_in, id) = team.mirrors_to(service).await;
        stand_ins.push(stand_in);
        ids.push(id);
    }
    let told = team.ana.get("/v1/mirrors").await.text().await.unwrap();
    for secret in ["secret-path", MIRROR_TOKEN, MIRROR_SECRET, "whsec_", "!tea"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert_eq!(posts(&team.ana, &ids[0], "test").await, StatusCode::OK);
    stand_ins[0].shows("the test", |texts| texts.len() == 1).await;
    assert_eq!(
        refusal(team.ben.get("/v1/mirrors").await).await,
        (403, "not_admin".into())
    );
    for what in ["pause", "resume", "test"] {
        assert_eq!(posts(&team.ben, &ids[0], what).await, StatusCode::FORBIDDEN, "{what}");
    }
    let path = format!("/v1/mirrors/{}", ids[0]);
    assert_eq!(team.ben.delete(&path).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(team.ana.delete(&path).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(refusal(team.ana.delete(&path).await).await, (404, "not_found".into()));
    let page = team.ana.page("after=0&limit=1000").await;
    let items = serde_json::to_string(&page).unwrap();
    assert!(
        !items.contains("secret-path") && !items.contains(MIRROR_TOKEN),
        "mirrors are no items"
    );
}

#[tokio::test]
async fn a_webhook_is_given_a_secret_that_is_told_once() {
    let team = Team::gather().await;
    let body = json!({ "name": "ours", "target": { "service": "webhook", "url": "https://example.org/in" },
                       "shows": ["kudos"], "language": "de" });
    let answer = team
        .ana
        .call(Method::POST, "/v1/mirrors")
        .json(&body)
        .send()
        .await
        .unwrap();
    let made: Value = answer.json().await.unwrap();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() > 40, "{secret}");
    let told = team.ana.get("/v1/mirrors").await.text().await.unwrap();
    assert!(
        !told.contains(secret) && told.contains("example.org") && told.contains("\"de\""),
        "{told}"
    );
}

#[tokio::test]
async fn a_mirror_is_never_inside_the_network_that_the_endpoint_stands_in() {
    let team = Team::gather().await;
    let urls = [
        "http://example.org/in",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.7/hook",
        "https://[fd00::1]/hook",
        "https://[::ffff:169.254.169.254]/hook",
        "https://router.local/hook",
        "https://ana:pw@example.org/",
        "ftp://example.org/",
        "not an address",
    ];
    for url in urls {
        let body = json!({ "name": "inside", "target": { "service": "teams", "url": url }, "shows": ["kudos"] });
        let answer = team
            .ana
            .call(Method::POST, "/v1/mirrors")
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(refusal(answer).await, (422, "bad_mirror".into()), "{url}");
    }
}
