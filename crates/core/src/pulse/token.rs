//! A desktop's side of the tokens of the pulse: RFC 9497 in its verifiable mode, Ristretto255 with SHA-512. The number is
//! thought of here; blinded, it says nothing to whoever evaluates it, and the token that comes of it says nothing of whom it
//! was evaluated for. Everything is kept in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_core::{OsRng, RngCore as _};
use samovar_domain::wire::PulseTokenResponse;
use serde::{Deserialize, Serialize};
use voprf::{EvaluationElement, Group, Proof, Ristretto255, VoprfClient};

/// A number, and how it was blinded. The same one is sent again when the answer was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Blinding {
    number: String,
    state: String,
}

/// A token that can be spent once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    /// The number.
    pub(crate) number: String,
    /// What the round's key makes of it.
    pub(crate) token: String,
}

/// The bytes of a number.
const NUMBER_BYTES: usize = 32;
/// The bytes of a scalar, behind which the state of a blinding has the blinded element.
const SCALAR_BYTES: usize = 32;

impl Blinding {
    /// Thinks of a number and blinds it.
    pub(crate) fn new() -> Self {
        let mut number = [0; NUMBER_BYTES];
        OsRng.fill_bytes(&mut number);
        let blinded = VoprfClient::<Ristretto255>::blind(&number, &mut OsRng);
        // RFC 9497, 3.3.2: fails for an input that hashes to the identity, which nobody knows.
        let state = blinded.expect("a number of 32 bytes can be blinded").state.serialize();
        Self {
            number: STANDARD.encode(number),
            state: STANDARD.encode(state),
        }
    }

    /// What the endpoint is asked to evaluate.
    pub(crate) fn blinded(&self) -> String {
        let state = STANDARD.decode(&self.state).unwrap_or_default();
        STANDARD.encode(state.get(SCALAR_BYTES..).unwrap_or_default())
    }

    /// The token, when what came was evaluated with the key that everybody sees; `None` when that is not proven.
    pub(crate) fn finish(&self, public_key: &str, answer: &PulseTokenResponse) -> Option<Token> {
        let read = |text: &str| STANDARD.decode(text).ok();
        let number = read(&self.number)?;
        let state = VoprfClient::<Ristretto255>::deserialize(&read(&self.state)?).ok()?;
        let evaluated = EvaluationElement::deserialize(&read(&answer.evaluated)?).ok()?;
        let proof = Proof::deserialize(&read(&answer.proof)?).ok()?;
        let key = Ristretto255::deserialize_elem(&read(public_key)?).ok()?;
        let token = state.finalize(&number, &evaluated, &proof, key).ok()?;
        Some(Token {
            number: self.number.clone(),
            token: STANDARD.encode(token),
        })
    }
}

#[cfg(test)]
mod tests {
    use voprf::{BlindedElement, VoprfServer};

    use super::*;

    fn key_of(server: &VoprfServer<Ristretto255>) -> String {
        STANDARD.encode(Ristretto255::serialize_elem(server.get_public_key()))
    }

    fn evaluated_by(server: &VoprfServer<Ristretto255>, blinded: &str) -> PulseTokenResponse {
        let blinded = BlindedElement::deserialize(&STANDARD.decode(blinded).unwrap()).unwrap();
        let answer = server.blind_evaluate(&mut OsRng, &blinded);
        PulseTokenResponse {
            evaluated: STANDARD.encode(answer.message.serialize()),
            proof: STANDARD.encode(answer.proof.serialize()),
        }
    }

    #[test]
    fn a_token_is_what_the_key_makes_of_the_number() {
        let server = VoprfServer::<Ristretto255>::new(&mut OsRng).unwrap();
        let blinding = Blinding::new();
        let answer = evaluated_by(&server, &blinding.blinded());
        let token = blinding.finish(&key_of(&server), &answer).unwrap();
        let number = STANDARD.decode(&token.number).unwrap();
        assert_eq!(STANDARD.encode(server.evaluate(&number).unwrap()), token.token);
        // What goes out with a name and what goes out without one have nothing in common.
        for sent in [blinding.blinded(), answer.evaluated, answer.proof] {
            assert!(sent != token.number && !token.token.contains(&sent[..20]));
        }
    }

    #[test]
    fn a_key_of_one_s_own_is_noticed() {
        let everybody_s = VoprfServer::<Ristretto255>::new(&mut OsRng).unwrap();
        let mine_alone = VoprfServer::<Ristretto255>::new(&mut OsRng).unwrap();
        let blinding = Blinding::new();
        let marked = evaluated_by(&mine_alone, &blinding.blinded());
        assert_eq!(blinding.finish(&key_of(&everybody_s), &marked), None);
        let proof = evaluated_by(&everybody_s, &blinding.blinded()).proof;
        assert_eq!(
            blinding.finish(&key_of(&everybody_s), &PulseTokenResponse { proof, ..marked }),
            None
        );
    }

    #[test]
    fn two_numbers_are_blinded_apart_and_one_is_sent_again_the_same() {
        let (one, other) = (Blinding::new(), Blinding::new());
        assert_ne!(one.number, other.number);
        assert_ne!(one.blinded(), other.blinded());
        let kept: Blinding = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
        assert_eq!(kept.blinded(), one.blinded());
    }
}
