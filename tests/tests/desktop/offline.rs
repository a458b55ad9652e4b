//! The endpoint goes away and comes back; nothing that was written is lost.

use std::io;

use samovar_core::api::{Connection, Request};
use samovar_tests::endpoint::Endpoint;
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;

#[tokio::test]
async fn what_is_shared_while_the_endpoint_is_away_arrives_when_it_is_back() -> io::Result<()> {
    let team = Team::gather().await?;
    let (data, url) = (team.data(), team.endpoint.url.clone());
    team.endpoint.kill();
    eventually("Ana to be offline", async || {
        matches!(team.ana.status().await.ok()?.connection, Connection::Offline { .. }).then_some(())
    })
    .await?;
    team.ana.computer.done(&["share", "Written in a tunnel"]).await?;
    assert_eq!(team.ana.status().await?.waiting.ops, 1, "it is kept");

    let _again = Endpoint::again(&data, &url)?;
    for person in [&team.ana, &team.ben] {
        person.computer.ask(Request::RetryNow).await?;
    }
    team.ben.computer.notifications.saying("Written in a tunnel").await?;
    eventually("nothing to wait", async || {
        (team.ana.status().await.ok()?.waiting.ops == 0).then_some(())
    })
    .await?;
    let told = team.ben.computer.notifications.all();
    assert_eq!(told.len(), 1, "it is told once: {told:?}");
    Ok(())
}
