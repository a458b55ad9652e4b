//! What goes over the line in few bytes, and what goes as it is.

use reqwest::{Method, Response};
use samovar_testkit::client;

use crate::given::Team;
use crate::photos::{photo, put};

/// How one caller asks for an answer, by a client that leaves it as it came.
async fn asked(team: &Team, path: &str, encodings: &str) -> Response {
    let _ = client();
    let plain = reqwest::Client::builder().no_proxy().no_zstd().build().unwrap();
    let call = team.ana.call(Method::GET, path).header("accept-encoding", encodings);
    plain.execute(call.build().unwrap()).await.unwrap()
}

fn encoding(answer: &Response) -> Option<&str> {
    Some(answer.headers().get("content-encoding")?.to_str().unwrap())
}

#[tokio::test]
async fn a_long_page_comes_compressed_to_whoever_can_read_that() {
    let team = Team::gather().await;
    for n in 0..40 {
        team.ana
            .says(&format!("the kettle sings for the {n}th time today"))
            .await;
    }
    let path = "/v1/items?after=0";
    let whole = asked(&team, path, "identity").await;
    assert_eq!(encoding(&whole), None);
    let whole = whole.bytes().await.unwrap();
    for (accepted, encoded, magic) in [
        ("zstd", "zstd", &[0x28, 0xb5, 0x2f, 0xfd][..]),
        ("gzip", "gzip", &[0x1f, 0x8b]),
        ("gzip, zstd", "zstd", &[0x28, 0xb5, 0x2f, 0xfd]),
        ("gzip, zstd;q=0", "gzip", &[0x1f, 0x8b]),
    ] {
        let answer = asked(&team, path, accepted).await;
        assert_eq!(encoding(&answer), Some(encoded), "{accepted}");
        assert!(answer.headers()["vary"].to_str().unwrap().contains("accept-encoding"));
        let bytes = answer.bytes().await.unwrap();
        assert!(bytes.starts_with(magic), "{accepted}");
        assert!(
            bytes.len() * 4 < whole.len(),
            "{} of {} bytes",
            bytes.len(),
            whole.len()
        );
    }
    // As desktops ask.
    assert_eq!(team.ana.get(path).await.bytes().await.unwrap(), whole);
}

#[tokio::test]
async fn what_is_short_or_compressed_already_or_never_ends_goes_as_it_is() {
    let team = Team::gather().await;
    let hash = put(&team.ana, &photo()).await;
    let short = format!("/v1/items?after={}", team.ana.page("after=0").await.head);
    let photo = format!("/v1/blobs/{hash}");
    for path in [&short, &photo, "/v1/export", "/v1/stream?after=0"] {
        let answer = asked(&team, path, "gzip, zstd").await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(encoding(&answer), None, "{path}");
    }
}
