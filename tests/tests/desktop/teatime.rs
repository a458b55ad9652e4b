//! Teatime for somebody who has gone home.

use std::io;

use samovar_core::api::Request;
use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::plans::call_in_a_room;
use samovar_tests::wait::eventually;

const EVENING_TEA: &str = "Evening tea";

#[tokio::test]
async fn outside_ones_hours_reminder_tray_and_card_say_that_the_camera_is_optional() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (team.ana, team.ben);
    ben.go_home().await?;
    let plan = call_in_a_room(EVENING_TEA, ana.computer.now()).into();
    ana.computer.ask(Request::SaveSeries { series: None, plan }).await?;
    ben.says_yes_to(EVENING_TEA).await?;

    let told = ben.computer.notifications.saying(EVENING_TEA).await?;
    assert!(
        told.body.contains("Camera optional: it is outside your hours."),
        "{told:?}"
    );
    assert!(told.labels().contains(&"Join"), "{told:?}");
    ben.app.tray.line(&["Join (camera optional)"]).await?;
    // Ana is at work.
    let told = ana.computer.notifications.saying(EVENING_TEA).await?;
    assert!(!told.body.contains("amera"), "{told:?}");
    let joins = ana.app.tray.line(&["Join"]).await?;
    assert_eq!(joins.label, "Join");

    ben.app.quit().await?;
    let page = Page::open(&ben.computer, "today").await?;
    page.says("Camera optional: outside your hours").await?;
    page.close().await
}

#[tokio::test]
async fn the_button_join_leads_to_a_room_with_picture_and_sound_off() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    let plan = call_in_a_room(EVENING_TEA, ana.computer.now()).into();
    ana.computer.ask(Request::SaveSeries { series: None, plan }).await?;
    let told = ben.computer.notifications.saying(EVENING_TEA).await?;
    ben.computer.screen.settle().await?;
    ben.computer.hands().press_button(&told, "Join")?;
    let opened = eventually("the browser to open", async || ben.computer.opened_links().pop()).await?;
    assert!(opened.starts_with("https://meet.example.org/"), "{opened}");
    for setting in ["config.startWithVideoMuted=true", "config.startWithAudioMuted=true"] {
        assert!(opened.contains(setting), "{opened}");
    }
    Ok(())
}
