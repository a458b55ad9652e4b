//! A window of Samovar, read and used through WebDriver.

use std::io;
use std::net::TcpListener;
use std::process::Stdio;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

use super::Computer;
use crate::process::{Running, built};
use crate::wait::eventually;

/// The first window of a Samovar that was started for it.
#[derive(Debug)]
pub struct Page {
    client: Client,
    _driver: Running,
}

fn wrong(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

impl Page {
    /// Starts Samovar on this computer with a view open, under a driver.
    pub async fn open(computer: &Computer, view: &str) -> io::Result<Self> {
        Self::open_with(computer, view, &[]).await
    }

    /// The same, in an environment that differs in these variables.
    pub async fn open_with(computer: &Computer, view: &str, variables: &[(&str, &str)]) -> io::Result<Self> {
        let port = free_port()?;
        let log = std::fs::File::create(computer.log("driver"))?;
        let driver = Running::start(
            computer
                .command("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("TAURI_AUTOMATION", "true")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("SAMOVAR_LOG", "info")
                .envs(variables.iter().copied())
                .stdout(log.try_clone()?)
                .stderr(log)
                .stdin(Stdio::null()),
        )?;
        eventually("the driver to listen", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()
        })
        .await?;
        let options = json!({
            "binary": built("samovar")?,
            "args": ["--profile", computer.profile(), "--show", view],
        });
        let capabilities = serde_json::Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(wrong)?;
        Ok(Self {
            client,
            _driver: driver,
        })
    }

    /// The element that a CSS selector finds, as soon as it is there.
    pub async fn find(&self, selector: &str) -> io::Result<Element> {
        let locator = Locator::Css(selector);
        eventually(selector, async || self.client.find(locator).await.ok()).await
    }

    /// Clicks on what bears these words, as soon as it can be clicked: a page may still be drawing it anew.
    pub async fn click_words(&self, words: &str) -> io::Result<()> {
        let path = format!("//*[text()[normalize-space()={words:?}]]");
        let locator = Locator::XPath(&path);
        eventually(words, async || self.client.find(locator).await.ok()?.click().await.ok()).await
    }

    /// Writes into a field, as soon as it takes words: a page may still be drawing it anew.
    pub async fn write(&self, selector: &str, words: &str) -> io::Result<()> {
        let locator = Locator::Css(selector);
        eventually(selector, async || {
            self.client.find(locator).await.ok()?.send_keys(words).await.ok()
        })
        .await
    }

    /// Presses keys on an element, as soon as it is there.
    pub async fn press(&self, selector: &str, keys: &str) -> io::Result<()> {
        self.find(selector).await?.send_keys(keys).await.map_err(wrong)
    }

    /// What all the elements say that a CSS selector finds now.
    pub async fn texts(&self, selector: &str) -> io::Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent.trim());";
        let texts = self
            .client
            .execute(script, vec![json!(selector)])
            .await
            .map_err(wrong)?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Waits until the page says this somewhere.
    pub async fn says(&self, words: &str) -> io::Result<()> {
        let what = format!("the page to say \"{words}\"");
        let said = eventually(&what, async || self.words().await.ok()?.contains(words).then_some(()));
        match said.await {
            Ok(()) => Ok(()),
            Err(error) => Err(wrong(format!("{error}; it says: {}", self.words().await?))),
        }
    }

    /// Everything that can be read on the page.
    pub async fn words(&self) -> io::Result<String> {
        let words = self
            .client
            .execute("return document.body.innerText;", Vec::new())
            .await
            .map_err(wrong)?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a picture with this description is on the page, loaded and drawn, and answers its width in pixels.
    pub async fn picture(&self, description: &str) -> io::Result<u64> {
        let script = "const picture = [...document.images].find((image) => image.alt === arguments[0]);
            return picture && picture.complete ? picture.naturalWidth : 0;";
        eventually(&format!("the picture \"{description}\""), async || {
            let width = self
                .client
                .execute(script, vec![json!(description)])
                .await
                .ok()?
                .as_u64()?;
            (width > 0).then_some(width)
        })
        .await
    }

    /// Waits until a film is running on the page.
    pub async fn film(&self) -> io::Result<()> {
        let script = "const film = document.querySelector('video'); return film !== null && film.videoWidth > 0;";
        eventually("a film", async || {
            (self.client.execute(script, Vec::new()).await.ok()? == true).then_some(())
        })
        .await
    }

    /// Waits until a picture within this part of the page is loaded for the second time, after word came that all of it is
    /// here, and answers its width in pixels.
    pub async fn picture_once_more(&self, part: &str) -> io::Result<u64> {
        let script = "const picture = document.querySelector(`${arguments[0]} img[src*='again=']`);
            return picture && picture.complete ? picture.naturalWidth : 0;";
        eventually(&format!("the picture in {part}"), async || {
            let width = self.client.execute(script, vec![json!(part)]).await.ok()?.as_u64()?;
            (width > 0).then_some(width)
        })
        .await
    }

    /// Ends the session, and Samovar with it.
    pub async fn close(self) -> io::Result<()> {
        self.client.close().await.map_err(wrong)
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
