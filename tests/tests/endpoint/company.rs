//! A company's team whose people sign in, and their browsers.

use reqwest::{Client, Response, StatusCode, redirect};
use samovar_domain::kinds::{RoleName, role_id};
use samovar_domain::{Clock as _, Kind};
use samovar_server::operation::Operation;
use samovar_server::sign_in::{Rules, Settings};
use samovar_testkit::{CLIENT_ID, CLIENT_SECRET, Colleague, Endpoint, FakeClock, Key, Provider, Standing, Streams};

use crate::given::Caller;

/// A company's team, and its sign-in.
pub(crate) struct Company {
    pub(crate) endpoint: Endpoint,
    pub(crate) provider: Provider,
    pub(crate) clock: FakeClock,
    pub(crate) ana: Caller,
}

pub(crate) fn mia() -> Colleague {
    Colleague::new("248289761001", "mia@example.org")
}

pub(crate) fn in_groups(groups: &[&str]) -> Colleague {
    Colleague {
        groups: groups.iter().map(ToString::to_string).collect(),
        ..mia()
    }
}

fn one_domain() -> Rules {
    Rules {
        domains: vec!["example.org".to_owned()],
        groups_claim: "groups".to_owned(),
        groups: Vec::new(),
    }
}

/// In these stories all come from one address.
fn endlessly() -> Operation {
    let mut operation = Operation::default();
    operation.limits.failures_per_address = 0;
    operation
}

impl Company {
    /// One whose people have addresses of `example.org`.
    pub(crate) async fn of_domain(key: Key) -> Self {
        Self::with(key, mia(), one_domain(), endlessly()).await
    }

    /// The same, at whose open doors each may fail so often a minute.
    pub(crate) async fn failing_at_most(a_minute: u32) -> Self {
        let mut operation = Operation::default();
        operation.limits.failures_per_address = a_minute;
        Self::with(Key::of_curve("first"), mia(), one_domain(), operation).await
    }

    /// One whose groups say what people are.
    pub(crate) async fn of_groups() -> Self {
        let groups = [("tea", RoleName::Member), ("tea-admins", RoleName::Admin)];
        let rules = Rules {
            domains: Vec::new(),
            groups_claim: "groups".to_owned(),
            groups: groups.map(|(group, role)| (group.to_owned(), Some(role))).into(),
        };
        Self::with(Key::of_curve("first"), in_groups(&["tea"]), rules, endlessly()).await
    }

    async fn with(key: Key, colleague: Colleague, rules: Rules, operation: Operation) -> Self {
        let clock = FakeClock::at("2026-11-23T09:00:00Z");
        let provider = Provider::start(clock.clone(), key, colleague).await;
        let settings = Settings {
            issuer: provider.issuer.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            scopes: vec!["email".to_owned()],
            rules,
        };
        let standing = Standing {
            sign_in: Some(settings),
            ..Standing::default()
        };
        let endpoint = Endpoint::start_as(clock.clone(), Streams::default(), standing, operation).await;
        provider.register(&format!("{}/v1/sign-in/return", endpoint.base_url));
        let ana = Caller::join(endpoint.owner_invite.as_deref().unwrap(), "Ana", clock.now()).await;
        Self {
            endpoint,
            provider,
            clock,
            ana,
        }
    }

    /// Somebody signs in with a browser of their own, and gets this far.
    pub(crate) async fn signs_in(&self) -> Shown {
        let browser = Browser::new();
        let back = browser.goes_to_the_provider(self).await;
        browser.comes_back(&back).await
    }

    pub(crate) async fn joins(&self, name: &str) -> Caller {
        let shown = self.signs_in().await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.page);
        Caller::join(&shown.link(), name, self.clock.now()).await
    }

    pub(crate) async fn role_of(&self, caller: &Caller) -> String {
        let items = self.ana.page("after=0&limit=1000").await.items;
        let role = items
            .into_iter()
            .find(|item| item.id == role_id(caller.member))
            .unwrap();
        role.body.unwrap()["role"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn members(&self) -> usize {
        let items = self.ana.page("after=0&limit=1000").await.items;
        let members = items
            .iter()
            .filter(|item| item.kind == Kind::MEMBER && item.body.is_some());
        members.count()
    }
}

/// What a browser shows.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) page: String,
    pub(crate) policy: String,
}

impl Shown {
    /// The code to copy.
    pub(crate) fn link(&self) -> String {
        let (_, rest) = self.page.split_once("<code>").expect("a code is shown");
        rest.split_once("</code>").unwrap().0.to_owned()
    }

    /// The address that opens the application.
    pub(crate) fn opens(&self) -> String {
        let (_, rest) = self.page.split_once("href=\"samovar:").expect("a link is shown");
        format!("samovar:{}", rest.split_once('"').unwrap().0)
    }
}

/// A browser: it holds what it was told to hold, and goes where it is sent.
pub(crate) struct Browser {
    pub(crate) client: Client,
    pub(crate) cookie: std::sync::Mutex<String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none());
        Self {
            client: client.build().unwrap(),
            cookie: std::sync::Mutex::default(),
        }
    }

    pub(crate) async fn get(&self, url: &str) -> Response {
        let cookie = self.cookie.lock().unwrap().clone();
        let answer = self.client.get(url).header("cookie", cookie).send().await.unwrap();
        if let Some(held) = answer.headers().get("set-cookie") {
            let (pair, rules) = held.to_str().unwrap().split_once(';').unwrap();
            assert!(rules.contains("HttpOnly") && rules.contains("SameSite=Lax"), "{rules}");
            pair.clone_into(&mut self.cookie.lock().unwrap());
        }
        answer
    }

    /// Begins.
    pub(crate) async fn begins(&self, company: &Company) -> Response {
        self.get(&format!("{}/v1/sign-in", company.endpoint.base_url)).await
    }

    /// Begins, signs in there, and is sent back to this address.
    pub(crate) async fn goes_to_the_provider(&self, company: &Company) -> String {
        let begun = self.begins(company).await;
        assert_eq!(begun.status(), StatusCode::SEE_OTHER);
        assert_eq!(begun.headers()["referrer-policy"], "no-referrer");
        assert_eq!(begun.headers()["cache-control"], "no-store");
        let there = location(&begun);
        assert!(
            there.starts_with(&format!("{}/authorize?", company.provider.issuer)),
            "{there}"
        );
        // The provider gets to see no cookie of the endpoint's.
        let back = self.client.get(there).send().await.unwrap();
        assert_eq!(
            back.status(),
            StatusCode::SEE_OTHER,
            "{:?}",
            company.provider.complaints()
        );
        location(&back)
    }

    pub(crate) async fn comes_back(&self, address: &str) -> Shown {
        let answer = self.get(address).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        Shown {
            status: answer.status(),
            page: answer.text().await.unwrap(),
            policy,
        }
    }
}

pub(crate) fn location(answer: &Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}
