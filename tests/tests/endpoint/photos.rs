//! Photos on their way in and out, hostile ones among them.

use reqwest::{Method, StatusCode};
use samovar_domain::BlobHash;
use samovar_testkit::photos::KITCHEN;

use crate::given::{Caller, Team, refusal};

/// A photo as a desktop shares it.
pub(crate) fn photo() -> Vec<u8> {
    samovar_pictures::prepare(KITCHEN).unwrap().thumbnail.bytes
}

/// Brings a photo, which is taken.
pub(crate) async fn put(caller: &Caller, bytes: &[u8]) -> BlobHash {
    let hash = BlobHash::of(bytes);
    let answer = try_put(caller, hash, bytes.to_vec()).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    hash
}

pub(crate) async fn try_put(caller: &Caller, hash: BlobHash, bytes: Vec<u8>) -> reqwest::Response {
    let request = caller.call(Method::PUT, &format!("/v1/blobs/{hash}"));
    request.body(bytes).send().await.unwrap()
}

/// Where the endpoint keeps photos, and what lies there.
fn kept(team: &Team) -> usize {
    std::fs::read_dir(team.endpoint.folder().join("blobs")).unwrap().count()
}

#[tokio::test]
async fn a_photo_comes_back_as_it_was_and_as_nothing_but_a_picture() {
    let team = Team::gather().await;
    let jpeg = photo();
    let hash = put(&team.ana, &jpeg).await;
    assert_eq!(put(&team.ana, &jpeg).await, hash, "the same again changes nothing");
    let answer = team.ana.get(&format!("/v1/blobs/{hash}")).await;
    let headers = answer.headers();
    assert_eq!(headers["content-type"], "image/jpeg");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(headers["cache-control"].to_str().unwrap().starts_with("private"));
    assert_eq!(answer.bytes().await.unwrap(), jpeg);
}

#[tokio::test]
async fn what_samovar_does_not_write_is_not_taken() {
    let team = Team::gather().await;
    let jpeg = photo();
    let page = b"<html><script>alert(1)</script></html>";
    let with_comment = [&jpeg[..2], b"\xff\xfe\x00\x08hello!", &jpeg[2..]].concat();
    let cases: [(&str, Vec<u8>); 7] = [
        ("a page behind a picture", [&jpeg[..], page].concat()),
        (
            "an archive behind a picture",
            [&jpeg[..], b"PK\x05\x06", &[0; 18]].concat(),
        ),
        ("a page in a comment", with_comment),
        (
            "an SVG",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(),
        ),
        ("half a picture", jpeg[..jpeg.len() / 2].to_vec()),
        ("a photo with a place in it", KITCHEN.to_vec()),
        ("nothing", Vec::new()),
    ];
    for (what, bytes) in cases {
        let refused = refusal(try_put(&team.ana, BlobHash::of(&bytes), bytes).await).await;
        assert_eq!(refused, (422, "not_a_picture".into()), "{what}");
    }
    let misnamed = try_put(&team.ana, BlobHash::of(b"another"), jpeg).await;
    assert_eq!(refusal(misnamed).await, (422, "hash_mismatch".into()));
    assert_eq!(kept(&team), 0, "nothing of it lies there");
}

#[tokio::test]
async fn a_name_that_is_not_a_hash_leads_nowhere() {
    let team = Team::gather().await;
    let upper = BlobHash::of(b"x").to_string().to_uppercase();
    for name in [
        "..%2Fsamovar-server.db",
        "..%2F..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2flock",
        "%00",
        "%ff%fe",
        "abc",
        &upper,
    ] {
        let path = format!("/v1/blobs/{name}");
        assert_eq!(
            refusal(team.ana.get(&path).await).await,
            (404, "not_found".into()),
            "{name}"
        );
        let put = team.ana.call(Method::PUT, &path).body(photo()).send().await.unwrap();
        assert_eq!(refusal(put).await, (404, "not_found".into()), "{name}");
    }
    assert_eq!(kept(&team), 0);
}

#[tokio::test]
async fn a_photo_whose_file_cannot_be_read_is_not_said_to_be_missing() {
    let team = Team::gather().await;
    let hash = put(&team.ana, &photo()).await;
    let file = team.endpoint.folder().join("blobs").join(hash.to_string());
    std::fs::remove_file(&file).unwrap();
    let path = format!("/v1/blobs/{hash}");
    assert_eq!(refusal(team.ana.get(&path).await).await, (404, "not_found".into()));
    // A folder in its place cannot be read as a file.
    std::fs::create_dir(&file).unwrap();
    assert_eq!(refusal(team.ana.get(&path).await).await, (503, "store_failed".into()));
}
