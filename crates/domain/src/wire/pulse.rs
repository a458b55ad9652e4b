//! The pulse: how a token is fetched, and how it is spent. The scheme is the VOPRF of RFC 9497, Ristretto255 with SHA-512;
//! all bytes are in base64 with padding.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /v1/pulse/{round}/token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PulseTokenRequest {
    /// The blinded element: 32 bytes, which say nothing of the number behind them.
    pub blinded: String,
}

/// The answer to [`PulseTokenRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PulseTokenResponse {
    /// The evaluated element: 32 bytes.
    pub evaluated: String,
    /// That it was evaluated with the round's key: 64 bytes.
    pub proof: String,
}

/// `POST /v1/pulse/{round}/answers`, without a device's token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PulseAnswerRequest {
    /// The number that the desktop thought of: 32 bytes.
    pub number: String,
    /// What the scheme makes of it: 64 bytes.
    pub token: String,
    /// From 1, not at all, to 5, very much.
    #[schema(minimum = 1, maximum = 5)]
    pub answer: u8,
}
