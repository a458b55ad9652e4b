//! Pair calls as the endpoint draws them, week after week, and who hears what of it.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::StreamExt as _;
use samovar_core::api::{PairDraw, Request, Response};
use samovar_domain::kinds::{Pairing, Unmatched, Weekday, pair_opt_in_id};
use samovar_domain::wire::{JoinResponse, OpsResponse, Page};
use samovar_domain::{Audience, Clock as _, ItemId, Kind, MemberId, Timestamp};
use samovar_testkit::{Desktop, Endpoint, FakeClock, PATIENCE, client};
use serde_json::{Value, json};

/// Somebody whose desktop speaks to the endpoint in words of HTTP.
struct Person {
    base_url: String,
    joined: JoinResponse,
    clock: FakeClock,
    ops: std::cell::Cell<u64>,
}

impl Person {
    async fn joins(endpoint: &Endpoint, link: &str, name: &str, zone: &str, clock: &FakeClock) -> Self {
        let invite = link.rsplit('/').next().unwrap();
        let body = json!({ "invite": invite, "name": name, "time_zone": zone, "device_name": "desk" });
        let url = format!("{}/v1/join", endpoint.base_url);
        let joined = client().post(url).json(&body).send().await.unwrap();
        Self {
            base_url: endpoint.base_url.clone(),
            joined: joined.json().await.unwrap(),
            clock: clock.clone(),
            ops: std::cell::Cell::new(0),
        }
    }

    fn id(&self) -> MemberId {
        self.joined.member_id
    }

    async fn invites(&self) -> String {
        let url = format!("{}/v1/invites", self.base_url);
        let request = client().post(url).bearer_auth(&self.joined.token).json(&json!({}));
        let invite: Value = request.send().await.unwrap().json().await.unwrap();
        invite["link"].as_str().unwrap().to_owned()
    }

    async fn writes(&self, kind: &str, id: ItemId, audience: Audience, body: Value) {
        self.ops.set(self.ops.get() + 1);
        let op = json!({
            "n": self.ops.get(), "id": id, "kind": kind, "audience": audience, "created_at": self.clock.now(), "body": body,
        });
        let ops = json!({ "epoch": self.joined.epoch, "ops": [op] });
        let url = format!("{}/v1/ops", self.base_url);
        let request = client().post(url).bearer_auth(&self.joined.token).json(&ops);
        let answer: OpsResponse = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer.results[0].problem, None);
    }

    /// Opts in, or changes their wish.
    async fn wishes(&self, wish: Value) {
        let audience = Audience::Only(vec![self.id()]);
        self.writes(Kind::PAIR_OPT_IN, pair_opt_in_id(self.id()), audience, wish)
            .await;
    }

    async fn page(&self) -> Page {
        let url = format!("{}/v1/items?after=0&limit=1000", self.base_url);
        let answer = client().get(url).bearer_auth(&self.joined.token).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// What they were told of a week's draw.
    async fn told(&self, week: &str) -> Option<Pairing> {
        let items = self.page().await.items.into_iter();
        let pairings = items
            .filter(|item| item.kind == Kind::PAIRING)
            .filter_map(|item| item.body);
        let mut of_week: Vec<Pairing> = pairings
            .map(|body| serde_json::from_value(body).unwrap())
            .filter(|pairing: &Pairing| pairing.week.to_string() == week)
            .collect();
        assert!(of_week.len() <= 1, "one pairing a week: {of_week:?}");
        of_week.pop()
    }
}

/// Five people in five zones, on a Sunday. Ana, who lives in Berlin, owns the team.
struct Five {
    clock: FakeClock,
    endpoint: Endpoint,
    people: Vec<Person>,
}

impl Five {
    async fn gather() -> Self {
        let clock = FakeClock::at("2026-11-22T12:00:00Z");
        let endpoint = Endpoint::start(clock.clone()).await;
        let link = endpoint.owner_invite.clone().unwrap();
        let mut people = vec![Person::joins(&endpoint, &link, "Ana", "Europe/Berlin", &clock).await];
        for (name, zone) in [
            ("Ben", "America/Lima"),
            ("Cleo", "Asia/Kolkata"),
            ("Dana", "Europe/Helsinki"),
            ("Eli", "Europe/London"),
        ] {
            let link = people[0].invites().await;
            people.push(Person::joins(&endpoint, &link, name, zone, &clock).await);
        }
        Self {
            clock,
            endpoint,
            people,
        }
    }

    async fn all_opt_in(&self) {
        for person in &self.people {
            person.wishes(json!({ "every_weeks": 1 })).await;
        }
    }

    async fn it_is(&self, time: &str) {
        self.clock.set(time);
        self.endpoint.tends().await;
    }

    /// Who meets in a week, as everyone was told.
    async fn groups(&self, week: &str) -> BTreeSet<Vec<MemberId>> {
        let mut groups = BTreeSet::new();
        for person in &self.people {
            let told = person.told(week).await.expect("everybody meets somebody");
            assert!(told.members.contains(&person.id()));
            groups.insert(told.members);
        }
        groups
    }
}

fn pairs_of(groups: &BTreeSet<Vec<MemberId>>) -> BTreeSet<(MemberId, MemberId)> {
    let pairs = groups.iter().flat_map(|group| {
        let pairs = group.iter().enumerate();
        pairs.flat_map(|(at, one)| group[at + 1..].iter().map(move |other| (*one, *other)))
    });
    pairs.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_meet_as_two_and_three_and_the_next_week_others() {
    let mut five = Five::gather().await;
    five.all_opt_in().await;
    five.it_is("2026-11-23T08:59:00Z").await;
    for person in &five.people {
        assert_eq!(person.told("2026-11-23").await, None, "it is a minute to ten in Berlin");
    }

    five.it_is("2026-11-23T09:00:00Z").await;
    let groups = five.groups("2026-11-23").await;
    assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 5);
    assert_eq!(groups.len(), 2, "one pair and one trio");
    for person in &five.people {
        let call = person.told("2026-11-23").await.unwrap();
        assert_eq!(call.times.len(), 3);
        let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        assert!(
            call.times.iter().all(|time| *time >= noon),
            "not at once: {:?}",
            call.times
        );
        assert_eq!(call.prompts.len(), 2);
        assert!(call.members.contains(&call.ice_breaker.unwrap()));
        let link = call.link.unwrap();
        assert!(link.starts_with("https://meet.jit.si/samovar-"), "{link}");
        assert!(link.ends_with("#config.startWithVideoMuted=true&config.startWithAudioMuted=true"));
        assert_eq!(call.why.unwrap().weeks_since_met, None);
    }

    // Neither another look nor a restart draws anew.
    five.it_is("2026-11-23T15:00:00Z").await;
    five.endpoint.start_again().await;
    five.endpoint.tends().await;
    assert_eq!(five.groups("2026-11-23").await, groups);

    five.it_is("2026-11-30T09:00:00Z").await;
    let others = five.groups("2026-11-30").await;
    let again: Vec<_> = pairs_of(&groups).intersection(&pairs_of(&others)).copied().collect();
    assert_eq!(
        again.len(),
        1,
        "of five who meet as two and three, two meet again at least"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_paused_hears_nothing_and_whoever_is_left_hears_why() {
    let five = Five::gather().await;
    let [ana, ben, cleo, dana, eli] = five.people.as_slice() else {
        panic!("they are five");
    };
    ana.wishes(json!({ "every_weeks": 1, "not_with": [ben.id(), cleo.id()], "topics": ["sourdough"] }))
        .await;
    for person in [ben, cleo] {
        person.wishes(json!({ "every_weeks": 1 })).await;
    }
    dana.wishes(json!({ "every_weeks": 1, "paused_until": "2026-12-24" }))
        .await;
    // Eli never opted in.
    five.it_is("2026-11-23T09:00:00Z").await;
    let call = ben.told("2026-11-23").await.unwrap();
    assert_eq!(call, cleo.told("2026-11-23").await.unwrap());
    assert_eq!(call.unmatched, None);
    let told = ana.told("2026-11-23").await.unwrap();
    assert_eq!(
        (told.members, told.unmatched),
        (vec![ana.id()], Some(Unmatched::NobodyLeft))
    );
    assert_eq!(dana.told("2026-11-23").await, None);
    assert_eq!(eli.told("2026-11-23").await, None);

    // She is back on Christmas Eve, and whoever waited is not left again.
    five.it_is("2026-12-28T09:00:00Z").await;
    assert_eq!(ana.told("2026-12-28").await.unwrap().members.len(), 2);
    assert_eq!(dana.told("2026-12-28").await, ana.told("2026-12-28").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_ever_hears_of_a_wish() {
    let five = Five::gather().await;
    let (ana, ben) = (&five.people[0], &five.people[1]);
    let url = format!("{}/v1/stream?after=0", ben.base_url);
    let stream = client().get(url).bearer_auth(&ben.joined.token).send().await.unwrap();
    let mut heard = String::new();
    let mut pieces = stream.bytes_stream();
    five.all_opt_in().await;
    ana.wishes(json!({ "every_weeks": 1, "not_with": [ben.id()], "topics": ["sourdough"] }))
        .await;
    five.it_is("2026-11-23T09:00:00Z").await;
    let words = json!({ "text": "That was all.", "lifetime": "24h" });
    ana.writes(Kind::SNAPSHOT, ItemId::new(five.clock.now()), Audience::Team, words)
        .await;
    let reading = async {
        while !heard.contains("That was all.") {
            heard.push_str(&String::from_utf8_lossy(&pieces.next().await.unwrap().unwrap()));
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.unwrap();
    assert!(heard.contains("\"pairing\""), "he hears of his own call");
    let read = serde_json::to_string(&ben.page().await).unwrap();
    for seen in [&heard, &read] {
        let of_others = five.people.iter().filter(|person| person.id() != ben.id());
        for person in of_others {
            assert!(!seen.contains(&pair_opt_in_id(person.id()).to_string()));
        }
        assert!(!seen.contains("sourdough") && !seen.contains("not_with"));
        assert!(
            seen.contains(&pair_opt_in_id(ben.id()).to_string()),
            "his own he does see"
        );
    }
    let hers = serde_json::to_string(&ana.page().await).unwrap();
    assert!(hers.contains("sourdough"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_is_made_up_for_when_the_endpoint_was_down_at_ten() {
    let mut five = Five::gather().await;
    five.all_opt_in().await;
    five.endpoint.stop().await;
    five.clock.set("2026-11-25T07:00:00Z");
    five.endpoint.start_again().await;
    five.endpoint.tends().await;
    let groups = five.groups("2026-11-23").await;
    assert_eq!(groups.len(), 2);
    for person in &five.people {
        let call = person.told("2026-11-23").await.unwrap();
        assert!(
            call.times.iter().all(|time| *time > five.clock.now()),
            "{:?}",
            call.times
        );
    }

    // Away from one Friday to the next one, it skips a week.
    five.endpoint.stop().await;
    five.clock.set("2026-12-04T07:00:00Z");
    five.endpoint.start_again().await;
    five.endpoint.tends().await;
    assert_eq!(five.people[0].told("2026-11-30").await, None);
    five.clock.advance(Duration::from_hours(74));
    five.endpoint.tends().await;
    assert_eq!(five.groups("2026-12-07").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_says_when_pairs_are_drawn_and_a_member_does_not() {
    let clock = FakeClock::at("2026-11-22T12:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let ana = Desktop::new("Ana", "Europe/Berlin", &clock).await;
    ana.join(&endpoint.owner_invite.clone().unwrap()).await;
    let ben = Desktop::new("Ben", "America/Lima", &clock).await;
    ben.join(&ana.invite().await).await;
    let draw_of = async |desktop: &Desktop| match desktop.ask(Request::Settings).await {
        Response::Settings(settings) => settings.pair_draw,
        other => panic!("expected the settings, not {other:?}"),
    };
    let before = PairDraw {
        weekday: Weekday::Mon,
        time_zone: "Europe/Berlin".to_owned(),
    };
    assert_eq!(draw_of(&ana).await, before, "where the team's first owner lives");

    let friday = PairDraw {
        weekday: Weekday::Fri,
        time_zone: "Asia/Tokyo".to_owned(),
    };
    let refusal = ben.is_refused(Request::SavePairDraw { draw: friday.clone() }).await;
    assert_eq!(refusal.code, "not_admin");
    let nowhere = PairDraw {
        time_zone: "Europe/Atlantis".to_owned(),
        ..friday.clone()
    };
    let refusal = ana.is_refused(Request::SavePairDraw { draw: nowhere }).await;
    assert_eq!(refusal.code, "bad_time_zone");

    ana.ask(Request::SavePairDraw { draw: friday.clone() }).await;
    assert_eq!(draw_of(&ana).await, friday);
    ana.has_sent_everything().await;
    let tokyo = "2026-11-27T01:00:00Z".parse().unwrap();
    let seen = async {
        loop {
            match ben.ask(Request::Gatherings).await {
                Response::Gatherings(page) if page.pairs.next_draw == tokyo => return,
                _ => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    };
    let waited = tokio::time::timeout(PATIENCE, seen).await;
    assert!(waited.is_ok(), "Ben's desktop follows");
}
