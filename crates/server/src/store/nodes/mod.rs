//! What the nodes of a team do alike that share one database, whichever that is: each knows how far it has told its readers,
//! takes its turn to write behind the others', and hears of what they have done. How a database is reached, and what keeps
//! it to one writer at a time, is said elsewhere.

pub(super) mod batch;
pub(super) mod follower;
pub(super) mod publisher;
pub(super) mod stand;
pub(super) mod turn;
