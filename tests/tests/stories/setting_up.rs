//! Into a team, when something goes wrong on the way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use samovar_core::api::{Connection, Request, Response};
use samovar_core::endpoint_host::{EndpointHost, StartedEndpoint};
use samovar_domain::Problem;
use samovar_domain::hours::Hours;
use samovar_testkit::{Desktop, Endpoint, FakeClock, InProcessHost, Wire};

/// A computer whose port is taken, sometimes.
struct Busy {
    host: InProcessHost,
    is_taken: Arc<AtomicBool>,
}

#[async_trait]
impl EndpointHost for Busy {
    async fn start(&self, folder: &Path) -> Result<StartedEndpoint, Problem> {
        if self.is_taken.load(Ordering::SeqCst) {
            return Err(Problem::new("port_taken", "Another program has the port."));
        }
        self.host.start(folder).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_holds_the_port_of_a_team_on_this_computer_is_told_nothing() {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let is_taken = Arc::new(AtomicBool::new(false));
    let host = Busy {
        host: InProcessHost::new(clock.clone()),
        is_taken: Arc::clone(&is_taken),
    };
    let mut ana = Desktop::with_host("Ana", "America/Lima", &clock, Arc::new(host)).await;
    let request = Request::StartTeam {
        team: "Kitchen Table".into(),
        name: "Ana".into(),
        time_zone: None,
        hours: None,
    };
    ana.ask(request).await;
    ana.is_online().await;
    // Something still listens at the endpoint's address, and would answer.
    is_taken.store(true, Ordering::SeqCst);

    ana.restarts().await;

    ana.stands(
        "offline, and why",
        |status| matches!(&status.connection, Connection::Offline { code, .. } if code == "port_taken"),
    )
    .await;
    let problem = ana.is_refused(Request::CreateInvite { uses: None }).await;
    assert_eq!(problem.code, "port_taken");
    is_taken.store(false, Ordering::SeqCst);
    ana.ask(Request::RetryNow).await;
    ana.is_online().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hours_that_were_chosen_on_joining_are_set_when_the_team_comes() {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = Endpoint::start(clock.clone()).await;
    let wire = Wire::to(&endpoint).await;
    let mut ana = Desktop::new("Ana", "America/Lima", &clock).await;
    wire.refuses("GET /v1/items", usize::MAX, 503, "store_failed");
    let mut hours = Hours::office();
    hours.0.pop_last();
    ana.ask(Request::Join {
        link: wire.link(endpoint.owner_invite.as_deref().unwrap()),
        name: "Ana".into(),
        time_zone: None,
        hours: Some(hours.clone()),
    })
    .await;
    ana.restarts().await;
    ana.is_offline().await;

    wire.mend();
    ana.ask(Request::RetryNow).await;

    ana.is_online().await;
    ana.has_sent_everything().await;
    let Response::Settings(settings) = ana.ask(Request::Settings).await else {
        panic!("settings are answered with settings");
    };
    assert_eq!(settings.profile.unwrap().hours, hours);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_joins_a_team_on_this_computer_that_does_not_run_is_told_to_start_it() {
    let clock = FakeClock::at("2026-11-23T15:00:00Z");
    let ben = Desktop::new("Ben", "Asia/Tokyo", &clock).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = nobody.local_addr().expect("it has one");
    drop(nobody);

    let join = Request::Join {
        link: format!("http://{address}/join/{}", "a".repeat(43)),
        name: "Ben".into(),
        time_zone: None,
        hours: None,
    };

    assert_eq!(ben.is_refused(join).await.code, "not_running_here");
}
