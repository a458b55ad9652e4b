//! The desktop's own do-not-disturb holds what Samovar would tell.

use std::io;

use samovar_tests::desktop::Computer;
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;
use zbus::zvariant::Value;

/// Flips the switch of this desktop, as its settings do.
async fn set_do_not_disturb(computer: &Computer, is_on: bool) -> io::Result<()> {
    let bus = computer.bus.connect().await.map_err(io::Error::other)?;
    let change = ("xfce4-notifyd", "/do-not-disturb", Value::from(is_on));
    bus.call_method(
        Some("org.xfce.Xfconf"),
        "/org/xfce/Xfconf",
        Some("org.xfce.Xfconf"),
        "SetProperty",
        &change,
    )
    .await
    .map(|_| ())
    .map_err(io::Error::other)
}

#[tokio::test]
async fn what_comes_while_the_desktop_is_not_to_disturb_is_told_afterwards() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    set_do_not_disturb(&ben.computer, true).await?;
    ana.computer.done(&["share", "The kettle is on"]).await?;
    eventually("it to be held", async || {
        (ben.status().await.ok()?.held == 1).then_some(())
    })
    .await?;
    assert!(ben.computer.notifications.all().is_empty());
    // Once it may be told again, it comes as the digest.
    set_do_not_disturb(&ben.computer, false).await?;
    ben.computer.notifications.saying("snapshot from Ana").await?;
    Ok(())
}
