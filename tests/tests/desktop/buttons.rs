//! The buttons of notifications and the lines of the tray's menu, as a person uses them.

use std::io;

use samovar_core::api::{Request, Response};
use samovar_domain::kinds::Answer;
use samovar_tests::people::Team;
use samovar_tests::plans::teatime_soon;
use samovar_tests::wait::eventually;

#[tokio::test]
async fn every_button_of_a_notification_does_what_it_says() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    let hands = ben.computer.hands();

    // Say thanks: the popover, with the one to thank chosen already.
    ana.computer.done(&["share", "The kettle is on"]).await?;
    let told = ben.computer.notifications.saying("The kettle is on").await?;
    ben.computer.screen.settle().await?;
    hands.press_button(&told, "Say thanks")?;
    ben.has_popover().await?;
    hands.type_words("Thank you for the warm kitchen")?;
    hands.press("ctrl+Return")?;
    let thanked = ana
        .computer
        .notifications
        .saying("Thank you for the warm kitchen")
        .await?;
    assert!(thanked.title.contains("Ben"), "{thanked:?}");
    hands.press("Escape")?;

    // Open: the main window.
    ana.computer.done(&["share", "Rain at last"]).await?;
    let told = ben.computer.notifications.saying("Rain at last").await?;
    ben.computer.screen.settle().await?;
    hands.press_button(&told, "Open")?;
    ben.has_window().await?;
    Ok(())
}

#[tokio::test]
async fn a_gathering_can_be_put_off_for_five_minutes() -> io::Result<()> {
    let team = Team::gather().await?;
    let ben = &team.ben;
    let plan = teatime_soon();
    team.ana
        .computer
        .ask(Request::SaveSeries {
            series: None,
            plan: plan.into(),
        })
        .await?;
    let told = ben.computer.notifications.saying("Teatime").await?;
    ben.computer.screen.settle().await?;
    ben.computer.hands().press_button(&told, "Snooze 5 min")?;
    // It is away, and Samovar has taken note: it is not told again at once.
    eventually("the notification to go", async || {
        ben.computer.hands().windows("xfce4-notifyd").is_empty().then_some(())
    })
    .await?;
    assert_eq!(ben.computer.notifications.all().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_gathering_that_one_comes_to_offers_to_end_the_focus() -> io::Result<()> {
    let team = Team::gather().await?;
    let (ana, ben) = (&team.ana, &team.ben);
    let mut plan = teatime_soon();
    plan.reminders.ahead_min = 0;
    let saved = ana
        .computer
        .ask(Request::SaveSeries {
            series: None,
            plan: plan.clone().into(),
        })
        .await?;
    let Response::Shared { item } = saved else {
        return Err(io::Error::other(format!("the series was to be saved, not {saved:?}")));
    };
    let gathering = eventually("the teatime to arrive", async || {
        match ben.computer.ask(Request::Today).await {
            Ok(Response::Today(today)) => today.gathering.map(|card| card.id),
            _ => None,
        }
    })
    .await?;
    let answer = Answer::Yes;
    ben.computer.ask(Request::Answer { gathering, answer }).await?;
    ben.computer.done(&["focus", "90m"]).await?;
    // Now it is to be told half an hour ahead, and that is past: at once. It comes through the focus, as one has said yes.
    plan.reminders.ahead_min = 30;
    ana.computer
        .ask(Request::SaveSeries {
            series: Some(item),
            plan: plan.into(),
        })
        .await?;
    let told = ben.computer.notifications.saying("Teatime").await?;
    ben.computer.screen.settle().await?;
    ben.computer.hands().press_button(&told, "End focus")?;
    eventually("the focus to end", async || {
        ben.status().await.ok()?.focus_until.is_none().then_some(())
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn every_line_of_the_menu_does_what_it_says() -> io::Result<()> {
    let team = Team::gather().await?;
    let ana = &team.ana;
    let tray = &ana.app.tray;
    for minutes in ["25", "50", "90", "120"] {
        tray.choose(&["Focus", minutes]).await?;
        let label = format!("End focus ({minutes}");
        tray.line(&["Focus", &label]).await?;
    }
    tray.choose(&["Focus", "End"]).await?;
    eventually("the focus to end", async || {
        ana.status().await.ok()?.focus_until.is_none().then_some(())
    })
    .await?;

    for pause in ["30 minutes", "1 hour", "2 hours", "Until tomorrow"] {
        let before = ana.status().await?.paused_until;
        tray.choose(&["Pause notifications", pause]).await?;
        eventually(pause, async || {
            (ana.status().await.ok()?.paused_until != before).then_some(())
        })
        .await?;
    }
    tray.choose(&["Pause notifications", "Resume"]).await?;
    eventually("the pause to end", async || {
        ana.status().await.ok()?.paused_until.is_none().then_some(())
    })
    .await?;

    for popover in [&["Share a snapshot"][..], &["Give kudos"], &["Focus", "Until"]] {
        tray.choose(popover).await?;
        ana.has_popover().await?;
        ana.computer.hands().press("Escape")?;
        ana.computer.has_no_popover().await?;
    }
    for window in ["Settings", "Open Samovar"] {
        tray.choose(&[window]).await?;
        ana.computer.closes_window().await?;
        eventually("the window to close", async || {
            ana.computer.hands().main_window().is_none().then_some(())
        })
        .await?;
    }
    Ok(())
}
