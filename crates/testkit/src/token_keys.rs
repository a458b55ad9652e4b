//! Keys that a stand-in for a company's sign-in signs its tokens with: made anew, and of the two kinds that providers use.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as URL;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

/// How many bits an RSA key has.
const RSA_BITS: usize = 2048;

enum Kind {
    Curve(Box<EcdsaKeyPair>),
    Rsa(Box<SigningKey<sha2::Sha256>>),
}

/// A key, by a name of its own.
pub struct Key {
    id: String,
    kind: Kind,
}

impl Key {
    /// A new one on the curve P-256, for ES256.
    pub fn of_curve(id: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("the system has chance");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).expect("it was just made");
        Self {
            id: id.to_owned(),
            kind: Kind::Curve(Box::new(pair)),
        }
    }

    /// A new one for RS256.
    pub fn of_rsa(id: &str) -> Self {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, RSA_BITS).expect("a key can be made");
        Self {
            id: id.to_owned(),
            kind: Kind::Rsa(Box::new(SigningKey::new(key))),
        }
    }

    /// Its name.
    pub fn id(&self) -> String {
        self.id.clone()
    }

    /// What it signs by, as JOSE calls it.
    pub fn algorithm(&self) -> &'static str {
        match self.kind {
            Kind::Curve(_) => "ES256",
            Kind::Rsa(_) => "RS256",
        }
    }

    /// Its public half as a JSON Web Key.
    pub fn public(&self) -> Value {
        let mut key = match &self.kind {
            Kind::Curve(pair) => {
                // 4, then both coordinates.
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = point.split_at(point.len() / 2);
                json!({ "kty": "EC", "crv": "P-256", "x": URL.encode(x), "y": URL.encode(y) })
            }
            Kind::Rsa(key) => {
                let key: &rsa::RsaPrivateKey = (**key).as_ref();
                json!({ "kty": "RSA", "n": URL.encode(key.n().to_bytes_be()), "e": URL.encode(key.e().to_bytes_be()) })
            }
        };
        key["kid"] = json!(self.id);
        key["alg"] = json!(self.algorithm());
        key["use"] = json!("sig");
        key
    }

    /// Signs.
    pub fn sign(&self, words: &[u8]) -> Vec<u8> {
        match &self.kind {
            Kind::Curve(pair) => {
                let signature = pair.sign(&SystemRandom::new(), words);
                signature.expect("the system has chance").as_ref().to_vec()
            }
            Kind::Rsa(key) => key.sign(words).to_vec(),
        }
    }
}
