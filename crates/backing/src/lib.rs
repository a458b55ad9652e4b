//! What an endpoint may stand on, for tests: real, in temporary folders, and gone with the test. It knows nothing of Samovar,
//! so that the endpoint's own tests and whole stories use the same.
#![expect(clippy::unwrap_used, reason = "a test that cannot have what it needs ends")]

mod bucket;
mod cluster;

pub use bucket::{ACCESS_KEY, BUCKET, Bucket, SECRET_KEY};
pub use cluster::{Cluster, Database};
