//! Photos that are taken in the popover.

use std::io;

use samovar_core::api::{Request, Response};
use samovar_tests::desktop::{Computer, Page};
use samovar_tests::wait::eventually;

#[tokio::test]
async fn a_photo_is_taken_with_the_camera() -> io::Result<()> {
    let computer = Computer::on().await?;
    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    let page = Page::open_with(&computer, "snapshot", &[("SAMOVAR_TEST_CAMERA", "yes")]).await?;
    page.click_words("Camera").await?;
    page.film().await?;
    page.click_words("Take the photo").await?;
    eventually("the photo to be prepared", async || {
        match computer.ask(Request::Draft).await.ok()? {
            Response::Draft(draft) => (draft.photos.len() == 1).then_some(()),
            _ => None,
        }
    })
    .await?;
    page.close().await
}
