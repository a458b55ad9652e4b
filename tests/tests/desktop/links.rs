//! `samovar://` links, as a browser hands them over.

use std::io;

use samovar_core::api::{Request, Response};
use samovar_tests::desktop::{App, Computer, Page};
use samovar_tests::process::{Running, built};
use samovar_tests::wait::eventually;

const LINK: &str = "samovar://join?link=https%3A%2F%2Ftea.example.org%2Fjoin%2Fabc";

/// Clicks on the link in a browser: a start with it as the only argument.
fn click(computer: &Computer) -> io::Result<Running> {
    let mut command = computer.command(built("samovar")?);
    Running::start(command.env("SAMOVAR_PROFILE", computer.profile()).arg(LINK))
}

#[tokio::test]
async fn a_link_opens_the_window_of_the_samovar_that_runs() -> io::Result<()> {
    let computer = Computer::on().await?;
    let app = App::start(&computer).await?;
    assert!(computer.hands().main_window().is_none(), "it began in the tray");
    let mut second = click(&computer)?;
    computer.has_window().await?;
    let ended = eventually("the second start to end", async || second.child().try_wait().ok()?).await?;
    assert!(ended.success(), "{ended}");
    match computer.ask(Request::Status).await? {
        Response::Status(status) => assert_eq!(status.team, None, "nobody joins by a click"),
        other => panic!("not a status: {other:?}"),
    }
    app.quit().await
}

#[tokio::test]
async fn a_link_comes_to_the_page_that_is_open_and_waits_there_to_be_confirmed() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let page = Page::open(&computer, "today").await?;
    page.says("Ana").await?;
    let _second = click(&computer)?;
    page.says("in the team Kettle already").await?;
    page.close().await
}

#[tokio::test]
async fn links_come_to_a_samovar_that_no_package_installed() -> io::Result<()> {
    let computer = Computer::on().await?;
    let mut command = computer.command(built("samovar")?);
    let _running = Running::start(command.arg("--hidden"))?;
    let opens = eventually("a program for links", async || {
        let asked = computer
            .command("xdg-mime")
            .args(["query", "default", "x-scheme-handler/samovar"])
            .output()
            .ok()?;
        let opens = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
        (!opens.is_empty()).then_some(opens)
    })
    .await?;
    let entry = std::fs::read_to_string(computer.home().join("data/applications").join(&opens))?;
    let program = built("samovar")?;
    assert!(entry.contains(&format!("Exec=\"{}\" %u", program.display())), "{entry}");
    Ok(())
}
