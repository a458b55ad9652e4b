//! What the core tells a screen without being asked.

use samovar_domain::{ItemId, MemberId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something is different; ask again for what you show of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "changed", rename_all = "snake_case")]
#[ts(export)]
pub enum Changed {
    /// Items: ask for `today` again.
    Today,
    /// Team, connection, outbox, pause or focus: ask for `status` again.
    Status,
    /// Settings or profile.
    Settings,
    /// A photo that was not here before is here now: `photo://…` of it can be loaded.
    Photo {
        /// The photo.
        #[ts(type = "string")]
        blob: samovar_domain::BlobHash,
    },
    /// The person asked from outside (tray, notification, shortcut) for this to be shown.
    Place(Place),
}

/// Where the UI is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Place {
    /// Which view.
    pub view: View,
    /// With this item open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub item: Option<ItemId>,
    /// With this member chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub member: Option<MemberId>,
}

/// The views that can be asked for from outside. The first three are the popover's tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum View {
    /// Popover, writing a snapshot.
    Snapshot,
    /// Popover, writing kudos.
    Kudos,
    /// Popover, focus.
    Focus,
    /// Main window, Today (or the first run, when there is no team yet).
    Today,
    /// Main window, people across zones; with a member, their profile.
    People,
    /// Main window, the team's norms.
    Norms,
    /// Main window, Gatherings.
    Gatherings,
    /// Main window, the kudos wall.
    KudosWall,
    /// Main window, Decisions.
    Decisions,
    /// Main window, Packages.
    Packages,
    /// Main window, cards that the team writes together.
    Cards,
    /// Main window, settings.
    Settings,
}
