//! Where a team may lie: photos in a folder or a bucket, and the whole team from one database to the other. The bucket is one
//! of a real server of the S3 protocol, the database a real PostgreSQL.
#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]

mod blob_stores;
mod bucket;
mod given;
mod moving;
