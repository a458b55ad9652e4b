//! A signed webhook by the Standard Webhooks (<https://www.standardwebhooks.com>, version 1): `webhook-id` is the same
//! whenever a call is repeated, `webhook-timestamp` is now, and `webhook-signature` signs both with the body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;

use super::super::message::Message;
use super::super::target::signing_key;
use super::{Call, Deed, Method, Wanted};

pub(super) fn call(url: Url, secret: &str, wanted: Wanted<'_>) -> Option<Call> {
    let key = signing_key(secret)?;
    let id = format!("msg_{}", wanted.key);
    let body = json!({ "type": kind(wanted.deed), "timestamp": wanted.at, "data": data(wanted.deed) });
    let seconds = wanted.at.millis().div_euclid(1_000);
    let headers = vec![
        ("webhook-id", id.clone()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signature(&key, &id, seconds, &body.to_string())),
    ];
    Some(Call {
        headers,
        ..Call::new(Method::Post, url, body)
    })
}

fn kind(deed: &Deed) -> &'static str {
    match deed {
        Deed::Show(Message::Kudos { .. }) => "kudos.given",
        Deed::Change {
            message: Message::Kudos { .. },
            ..
        } => "kudos.changed",
        Deed::Show(Message::Gathering { .. }) => "gathering.starting",
        Deed::Change {
            message: Message::Gathering { .. },
            ..
        } => "gathering.changed",
        Deed::TakeBack { .. } => "item.taken_back",
        Deed::Trial => "test",
    }
}

fn data(deed: &Deed) -> Value {
    match deed {
        Deed::Show(message) | Deed::Change { message, .. } => json!(message),
        Deed::TakeBack { item, .. } => json!({ "id": item }),
        Deed::Trial => json!({}),
    }
}

/// `v1,` and the HMAC-SHA256 of id, time and body with full stops between them.
fn signature(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the Standard Webhooks' own libraries are tested with.
    #[test]
    fn it_signs_as_others_do() {
        let key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(
            &key,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
