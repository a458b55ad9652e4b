//! Requests byte by byte, as no client would write them.

use samovar_testkit::PATIENCE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection to the endpoint.
pub(crate) struct Raw(pub(crate) TcpStream);

impl Raw {
    pub(crate) async fn to(base_url: &str) -> Self {
        let address = base_url.strip_prefix("http://").unwrap();
        Self(TcpStream::connect(address).await.unwrap())
    }

    pub(crate) async fn says(&mut self, bytes: impl AsRef<[u8]>) {
        // The endpoint may have heard enough and closed.
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Nothing more comes; the answer may still.
    pub(crate) async fn says_no_more(&mut self) {
        let _ = self.0.shutdown().await;
    }

    /// Everything until the endpoint closes.
    pub(crate) async fn hears_all(mut self) -> String {
        let mut all = Vec::new();
        let reading = async {
            // A reset comes where an end may come.
            let _ = self.0.read_to_end(&mut all).await;
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("it closes");
        String::from_utf8_lossy(&all).into_owned()
    }

    /// The head of the answer.
    pub(crate) async fn hears_head(&mut self) -> String {
        let mut head = Vec::new();
        let reading = async {
            while !head.ends_with(b"\r\n\r\n") {
                match self.0.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => break,
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.expect("it answers");
        String::from_utf8_lossy(&head).into_owned()
    }
}
