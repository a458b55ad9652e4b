//! Who pays for what arrives. Over 127.0.0.1 the sender's processor does the reader's half of TCP, too, within the very
//! call that sends. Between two machines it does not, and Linux can steer that half to the reader's core.

use std::fs;

use super::server::LOAD_CORE;

/// The cores that take what arrives on the loopback device, as a mask; none: whichever sends.
const RECEIVERS: &str = "/sys/class/net/lo/queues/rx-0/rps_cpus";

/// What arrives is the load's, for as long as this lives; afterwards it is as before.
pub(super) struct Steered {
    before: String,
}

impl Steered {
    /// `None` where the system does not have it, or only lets its administrator have it.
    pub(super) fn to_the_load() -> Option<Self> {
        let before = fs::read_to_string(RECEIVERS).ok()?;
        fs::write(RECEIVERS, format!("{:x}", 1_u64 << LOAD_CORE)).ok()?;
        Some(Self { before })
    }
}

impl Drop for Steered {
    fn drop(&mut self) {
        if let Err(error) = fs::write(RECEIVERS, &self.before) {
            eprintln!("{RECEIVERS} is to be {} again: {error}", self.before.trim());
        }
    }
}
