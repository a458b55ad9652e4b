//! The tokens of the pulse: a verifiable oblivious pseudorandom function (RFC 9497, Ristretto255 with SHA-512). A round has
//! a key; whoever has its public part checks that all tokens are made with that one key. What is evaluated here is
//! blinded: it says nothing of the number that will come back with an answer. Nothing is kept in this module.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_core::OsRng;
use samovar_domain::wire::PulseTokenResponse;
use subtle::ConstantTimeEq as _;
use voprf::{BlindedElement, Ristretto255, VoprfServer};

/// The bytes of the number that a desktop thinks of.
pub(crate) const NUMBER_BYTES: usize = 32;

/// The key of a round.
pub(crate) struct RoundKey(VoprfServer<Ristretto255>);

/// A key as the store keeps it.
#[derive(Clone)]
pub struct NewRoundKey {
    /// For the endpoint alone, until the round closes.
    pub secret: Vec<u8>,
    /// For everybody, in base64.
    pub public_key: String,
}

/// What a desktop sends to have it evaluated.
pub(crate) struct Blinded(BlindedElement<Ristretto255>);

impl Blinded {
    /// From base64; `None` when it is no element of the group.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        let element = BlindedElement::deserialize(&bytes).ok()?;
        // The same element, written in another way, is not the same to the store.
        (element.serialize().as_slice() == bytes).then_some(Self(element))
    }
}

impl RoundKey {
    /// A new one.
    pub(crate) fn new() -> Self {
        let made = VoprfServer::new(&mut OsRng);
        // RFC 9497, 3.2.1: 256 tries in a row would have to hit zero.
        Self(made.expect("a random seed makes a key"))
    }

    /// One that the store kept; `None` when it is damaged.
    pub(crate) fn read(secret: &[u8]) -> Option<Self> {
        VoprfServer::deserialize(secret).ok().map(Self)
    }

    /// As the store keeps it.
    pub(crate) fn to_keep(&self) -> NewRoundKey {
        let secret = self.0.serialize().to_vec();
        // The public part is the second half: a scalar comes before a point.
        let public_key = STANDARD.encode(&secret[secret.len() / 2..]);
        NewRoundKey { secret, public_key }
    }

    /// Evaluates what is blinded, and proves that it was done with this key.
    pub(crate) fn evaluate(&self, blinded: &Blinded) -> PulseTokenResponse {
        let evaluated = self.0.blind_evaluate(&mut OsRng, &blinded.0);
        PulseTokenResponse {
            evaluated: STANDARD.encode(evaluated.message.serialize()),
            proof: STANDARD.encode(evaluated.proof.serialize()),
        }
    }

    /// Whether the token belongs to the number, by this key. Takes as long for a wrong one as for a right one.
    pub(crate) fn fits(&self, number: &[u8], token: &[u8]) -> bool {
        let Ok(right) = self.0.evaluate(number) else {
            return false;
        };
        number.len() == NUMBER_BYTES && bool::from(right.as_slice().ct_eq(token))
    }
}

#[cfg(test)]
mod tests {
    use voprf::{EvaluationElement, Proof, VoprfClient};

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        STANDARD.decode(text).unwrap()
    }

    #[test]
    fn a_token_fits_its_number_and_its_round_alone() {
        let key = RoundKey::read(&RoundKey::new().to_keep().secret).unwrap();
        let number = [7; NUMBER_BYTES];
        let client = VoprfClient::<Ristretto255>::blind(&number, &mut OsRng).unwrap();
        let sent = STANDARD.encode(client.message.serialize());
        let answer = key.evaluate(&Blinded::read(&sent).unwrap());
        let token = client.state.finalize(
            &number,
            &EvaluationElement::deserialize(&bytes(&answer.evaluated)).unwrap(),
            &Proof::deserialize(&bytes(&answer.proof)).unwrap(),
            key.0.get_public_key(),
        );
        let token = token.expect("the proof holds").to_vec();
        assert!(key.fits(&number, &token));
        assert!(!key.fits(&[8; NUMBER_BYTES], &token));
        assert!(!RoundKey::new().fits(&number, &token));
        for at in [0, 31, 63] {
            let mut forged = token.clone();
            forged[at] ^= 1;
            assert!(!key.fits(&number, &forged));
        }
        assert!(!key.fits(&number, &token[..63]) && !key.fits(&number, &[]));
        // Sent again, it is evaluated the same.
        let again = key.evaluate(&Blinded::read(&sent).unwrap());
        assert_eq!(again.evaluated, answer.evaluated);
    }

    /// RFC 9497, appendix A.1.2: mode VOPRF, ristretto255-SHA512, test vector 1.
    #[test]
    fn it_is_the_function_of_the_standard() {
        let hex = |text: &str| -> Vec<u8> {
            let digits: Vec<char> = text.chars().collect();
            let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
            digits.chunks(2).map(byte).collect()
        };
        let secret = hex("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909");
        let key = RoundKey(VoprfServer::new_with_key(&secret).unwrap());
        let public = hex("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e");
        assert_eq!(bytes(&key.to_keep().public_key), public);
        let output = hex(concat!(
            "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d",
            "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c",
        ));
        assert_eq!(key.0.evaluate(&[0]).unwrap().to_vec(), output);
    }

    #[test]
    fn what_is_no_element_is_not_evaluated() {
        for text in [
            "",
            "AAAA",
            "not base64",
            &STANDARD.encode([0; 32]),
            &STANDARD.encode([255; 32]),
        ] {
            assert!(Blinded::read(text).is_none(), "{text}");
        }
        let long = VoprfClient::<Ristretto255>::blind(&[1], &mut OsRng)
            .unwrap()
            .message
            .serialize();
        assert!(Blinded::read(&STANDARD.encode([long.as_slice(), &[0]].concat())).is_none());
    }
}
