//! The team across zones, and the slider that looks ahead.

use std::io;

use chrono_tz::Tz;
use samovar_core::api::{Request, ZoneAnswer};
use samovar_tests::desktop::Page;
use samovar_tests::people::Team;
use samovar_tests::wait::eventually;

/// WebDriver's name for the key.
const ARROW_RIGHT: &str = "\u{e014}";
const HOME: &str = "\u{e011}";

/// Minutes since midnight, of a time such as `16:42`.
fn minutes(time: &str) -> i32 {
    let (hour, minute) = time.split_once(':').expect("a time has hours and minutes");
    hour.parse::<i32>().expect("an hour") * 60 + minute.parse::<i32>().expect("a minute")
}

#[tokio::test]
async fn the_slider_takes_every_clock_along() -> io::Result<()> {
    let team = Team::gather().await?;
    team.ana.agrees_on_norms().await?;
    team.takes_in("Mai", "Asia/Ho_Chi_Minh").await?;
    let (ana, ben) = (team.ana, team.ben);
    ana.app.quit().await?;
    let page = Page::open(&ana.computer, "people").await?;
    for name in ["Ana", "Ben", "Mai", "Lima", "Ho Chi Minh"] {
        page.says(name).await?;
    }
    // Ana and Ben work at the same time.
    page.find(".shade").await?;
    let together = page.texts(".together").await?;
    assert!(
        together
            .iter()
            .any(|words| words.contains("work at the same time") || words.contains("All of you"))
    );
    // Ben sees it now; when Mai does is said in her own time.
    page.says("Sees it now").await?;
    let replies = page.texts(".reply").await?;
    assert_eq!(replies.len(), 2, "one under each of the others: {replies:?}");
    assert!(replies.iter().all(|reply| reply.contains("answers by")), "{replies:?}");

    let before = page.texts("li time").await?;
    assert_eq!(before.len(), 3, "{before:?}");
    page.press("[role='slider']", &ARROW_RIGHT.repeat(8)).await?;
    let after = eventually("the clocks to go on", async || {
        let after = page.texts("li time").await.ok()?;
        let steps: Vec<i32> = before
            .iter()
            .zip(&after)
            .map(|(one, other)| (minutes(other) - minutes(one)).rem_euclid(1440))
            .collect();
        // To the next quarter of an hour, and seven more.
        (steps.iter().all(|step| *step == steps[0] && (105..=121).contains(step))).then_some(after)
    })
    .await?;
    assert_ne!(before, after);
    page.says("Back to now").await?;
    page.press("[role='slider']", HOME).await?;
    eventually("the clocks to be back", async || {
        let times = page.texts("li time").await.ok()?;
        let since = (minutes(&times[0]) - minutes(&before[0])).rem_euclid(1440);
        (since < 10).then_some(())
    })
    .await?;
    drop(ben);
    page.close().await
}

#[tokio::test]
async fn whoever_moves_to_a_zone_that_the_browser_has_never_heard_of_reads_the_time_there() -> io::Result<()> {
    // Younger than the rules of many a browser.
    const ZONE: Tz = Tz::America__Coyhaique;
    let team = Team::gather().await?;
    let ben = team.ben;
    let moved = Request::AnswerZone {
        time_zone: ZONE.name().to_owned(),
        answer: ZoneAnswer::Moved,
    };
    ben.computer.ask(moved).await?;
    ben.app.quit().await?;
    let page = Page::open(&ben.computer, "people").await?;
    page.says("Coyhaique").await?;
    let slider = page.find("[role='slider']").await?;
    eventually("the time there", async || {
        let there = ben.computer.now().utc().with_timezone(&ZONE);
        let said = slider.attr("aria-valuetext").await.ok()??;
        said.ends_with(&there.format("%H:%M").to_string()).then_some(())
    })
    .await?;
    page.close().await
}
