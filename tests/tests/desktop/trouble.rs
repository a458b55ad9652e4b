//! What was chosen where no page can answer, and could not be done, is said.

use std::io;

use samovar_core::api::Request;
use samovar_tests::desktop::{App, Computer};
use samovar_tests::plans::teatime_soon;

#[tokio::test]
async fn a_call_that_no_browser_can_open_is_told_as_a_notification() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    // Not even the ways that a desktop without `xdg-open` may have.
    let nothing = computer.home().join("empty");
    let path = nothing.to_str().expect("the path is plain");
    let app = App::start_with(&computer, &[("PATH", path)]).await?;
    let plan = teatime_soon();
    computer
        .ask(Request::SaveSeries {
            series: None,
            plan: plan.into(),
        })
        .await?;
    app.tray.choose(&["Join"]).await?;
    let told = computer.notifications.saying("No browser could be started").await?;
    assert_eq!(told.title, "That did not work");
    app.quit().await
}
