//! Two are thanked at once, from a window, and it is told where the team already talks.

use std::io;

use samovar_tests::channel::Channel;
use samovar_tests::desktop::Page;
use samovar_tests::people::Team;

const THANKS: &str = "You both stayed calm when the lights went out.";
const AMONG_US: &str = "Thank you for lending me an ear on that long Sunday.";

#[tokio::test]
async fn kudos_to_two_are_told_in_the_channel_and_kudos_between_two_are_not() -> io::Result<()> {
    let team = Team::gather().await?;
    let channel = Channel::open(&team).await?;
    team.takes_in("Mai", "Asia/Ho_Chi_Minh").await?;
    team.ana.values("Calm", "🍵").await?;
    team.ana.has_sent().await?;
    team.ben.knows_values(1).await?;
    let (ana, ben) = (team.ana, team.ben);
    ben.computer
        .done(&["kudos", "Ana", "--message", AMONG_US, "--between-us"])
        .await?;
    ana.computer.notifications.saying(AMONG_US).await?;
    ben.app.quit().await?;

    let page = Page::open(&ben.computer, "kudos-wall").await?;
    page.click_words("Give kudos").await?;
    page.says("Mai").await?;
    page.write("form textarea", THANKS).await?;
    for chosen in ["Ana", "Mai", "Calm"] {
        page.click_words(chosen).await?;
    }
    page.click_words("Give").await?;
    page.says(THANKS).await?;

    let told = ana.computer.notifications.saying(THANKS).await?;
    assert_eq!(told.title, "Kudos from Ben");
    let there = channel.says(THANKS).await?;
    for words in ["Ben", "Ana", "Mai", "Calm"] {
        assert!(there.contains(words), "{words} is not in {there}");
    }
    assert_eq!(channel.texts().len(), 1, "{:?}", channel.texts());
    page.close().await
}
