//! A window that nobody looks at holds nothing for long.

use std::io;

use samovar_tests::desktop::{App, Computer};
use samovar_tests::wait::eventually;

/// The web processes that this process started, directly or not.
fn web_processes(of: u32) -> usize {
    let parents = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name stands in brackets and may hold anything.
            let (before, after) = stat.rsplit_once(')')?;
            let parent: u32 = after.split_whitespace().nth(1)?.parse().ok()?;
            Some((id, parent, before.contains("WebKitWebProces")))
        });
    let all: Vec<_> = parents.collect();
    let is_of = |mut id: u32| {
        while let Some((_, parent, _)) = all.iter().find(|(known, _, _)| *known == id) {
            if *parent == of {
                return true;
            }
            id = *parent;
        }
        false
    };
    all.iter().filter(|(id, _, is_web)| *is_web && is_of(*id)).count()
}

#[tokio::test]
async fn a_window_that_stays_hidden_ends_with_its_process_and_opens_again() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let app = App::start_with(&computer, &[("SAMOVAR_TEST_KEEP_HIDDEN_MS", "300")]).await?;
    assert_eq!(web_processes(app.id()), 0, "a tray icon needs none");
    app.tray.choose(&["Share a snapshot"]).await?;
    computer.has_popover().await?;
    assert_eq!(web_processes(app.id()), 1);
    computer.hands().press("Escape")?;
    eventually("the popover's process to end", async || {
        (web_processes(app.id()) == 0).then_some(())
    })
    .await?;

    app.tray.choose(&["Open Samovar"]).await?;
    computer.has_window().await?;
    assert_eq!(web_processes(app.id()), 1);
    computer.closes_window().await?;
    eventually("the main window's process to end", async || {
        (web_processes(app.id()) == 0).then_some(())
    })
    .await?;

    app.tray.choose(&["Share a snapshot"]).await?;
    computer.has_popover().await?;
    app.quit().await
}
