//! Waiting for the thing itself, with words for when it does not come.

use std::io;
use std::time::{Duration, Instant};

/// How long anything on a busy machine may take before it counts as not coming.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Looks again and again until there is something, and fails with `what` when it does not come.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> io::Result<T> {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if began.elapsed() > PATIENCE {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("waited {} s in vain for {what}", PATIENCE.as_secs()),
            ));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
