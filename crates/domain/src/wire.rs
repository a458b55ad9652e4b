//! What goes over the wire between a desktop and its endpoint. JSON, by the names given here.

mod mirrors;
mod pulse;

pub use mirrors::{MirrorHealth, MirrorMade, MirrorRequest, MirrorState, MirrorSubject, MirrorTarget, MirrorTried};
pub use pulse::{PulseAnswerRequest, PulseTokenRequest, PulseTokenResponse};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Audience, DeviceId, Epoch, InviteId, Item, ItemId, Kind, MemberId, Problem, Seq, TeamId, Timestamp};

/// One write of an item by a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Op {
    /// The op's number on its device: 1, 2, 3 …
    #[schema(format = "uint64", maximum = 18_446_744_073_709_551_615_u64)]
    pub n: u64,
    /// The item.
    pub id: ItemId,
    /// What it is.
    pub kind: Kind,
    /// Who may see it.
    #[serde(default)]
    pub audience: Audience,
    /// When it was written, by the desktop's clock.
    pub created_at: Timestamp,
    /// The whole item's body; `null` deletes it. One that no item of the kind can have is a problem of this op alone.
    #[serde(deserialize_with = "Option::deserialize")] // Left out, it would delete by mistake.
    #[schema(value_type = Value)]
    pub body: Option<Value>,
}

/// `POST /v1/ops`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpsRequest {
    /// The epoch that the desktop knows.
    pub epoch: Epoch,
    /// At most [`OPS_MAX`], in the order of their numbers.
    #[schema(max_items = 256)]
    pub ops: Vec<Op>,
}

/// The most ops in one call.
pub const OPS_MAX: usize = 256;
/// The most items in one page.
pub const PAGE_MAX: u32 = 1_000;
/// The items in a page when no limit is asked for.
pub const PAGE_DEFAULT: u32 = 200;

/// What came of one op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpResult {
    /// The op's number.
    pub n: u64,
    /// Its place in the sequence, when it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// Why it can never pass, when it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The answer to [`OpsRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpsResponse {
    /// The newest seq of the team.
    pub head: Seq,
    /// In the order of the call, one for each op up to the first one that cannot be done yet, because its photo is
    /// missing or there is a gap before its number. Those behind it are to be sent again.
    pub results: Vec<OpResult>,
    /// The endpoint's clock, after the ops were taken. Endpoints of before do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}

/// `POST /v1/join`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JoinRequest {
    /// The secret part of an invite link.
    pub invite: String,
    /// The person's name.
    pub name: String,
    /// An IANA zone.
    pub time_zone: String,
    /// What the person calls this computer.
    pub device_name: String,
    /// Made by the desktop for this one join. Sent again with the same invite and key, as long as the invite lasts, it
    /// is answered with the same member and device and a new token: then the first answer was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub join_key: Option<uuid::Uuid>,
}

/// The answer to [`JoinRequest`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JoinResponse {
    /// The team.
    pub team: TeamName,
    /// The new member.
    pub member_id: MemberId,
    /// Their first device.
    pub device_id: DeviceId,
    /// The device's secret, shown once: `smv_…`.
    pub token: String,
    /// The team's present epoch.
    pub epoch: Epoch,
    /// The endpoint's clock.
    pub server_time: Timestamp,
}

/// A team's id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamName {
    /// The id.
    pub id: TeamId,
    /// The name; `Samovar` until its owner has given it one.
    pub name: String,
}

/// `GET /v1/items`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page {
    /// The team's present epoch.
    pub epoch: Epoch,
    /// The newest seq of the team.
    pub head: Seq,
    /// In the order that was asked for.
    pub items: Vec<Item>,
    /// Whether there are more.
    pub more: bool,
}

/// `event: head` of the stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Head {
    /// The team's present epoch.
    pub epoch: Epoch,
    /// The newest seq of the team.
    pub head: Seq,
    /// The endpoint's clock.
    pub time: Timestamp,
}

/// `POST /v1/invites`. Every field may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InviteRequest {
    /// How many people it lets in: 1 to 1,000, by default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub uses: Option<u32>,
    /// For how long, in hours: 1 to 8,760, by default 120.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 8760)]
    pub expires_in_hours: Option<u32>,
}

/// An invite, as its maker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invite {
    /// Its public name.
    pub id: InviteId,
    /// The link to hand on. Only the answer that made the invite has it: the endpoint keeps no more than a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// How many more people it lets in.
    pub uses_left: u32,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A device, as its member sees it. There is no "last seen".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What the person called it.
    pub name: String,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A member's private calendar feed, as they see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarFeed {
    /// Where calendar programs read it. Only the answer that made it has it: the endpoint keeps no more than a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Since when there is one; nothing is kept of who reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// The answer to `PUT /v1/blobs/{sha256}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BlobStored {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Bytes.
    pub bytes: u64,
}

/// `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemDocument {
    /// `about:blank#CODE`: names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, what was kept and what to do.
    pub detail: String,
    /// Stable, in `snake_case`.
    pub code: String,
    /// With `op_gap`: the number that the endpoint expects next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
}

/// `POST /v1/devices`: enrols a computer anew for the member whose token asks, as a cloned profile does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolRequest {
    /// What the person calls the computer.
    pub name: String,
}

/// The answer to [`EnrolRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolResponse {
    /// The new device; its ops begin at 1.
    pub device_id: DeviceId,
    /// Its secret, shown once.
    pub token: String,
}
