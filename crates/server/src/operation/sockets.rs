//! Peers that are gone without a word: a computer that was closed, a network that was left. Whatever is on its way to one
//! is sent again for a while, then the system says that nobody is there. A stream is told something every half minute, so
//! it leaves within one and a half.

use std::time::Duration;

/// How long what was sent may stay without an answer.
pub(crate) const VANISHED: Duration = Duration::from_mins(1);

/// Has all connections of a listener end with an error when their peer answers nothing for so long. On other systems than
/// Linux, theirs is the last word, and it takes them a quarter of an hour.
#[cfg(target_os = "linux")]
pub(crate) fn give_up_vanished(listener: &impl std::os::fd::AsFd, after: Duration) -> std::io::Result<()> {
    use rustix::net::sockopt;

    // Connections have these of their listener.
    sockopt::set_tcp_user_timeout(listener, after.as_millis() as u32)?;
    sockopt::set_socket_keepalive(listener, true)?;
    sockopt::set_tcp_keepidle(listener, (after / 2).max(Duration::from_secs(1)))?;
    sockopt::set_tcp_keepintvl(listener, (after / 4).max(Duration::from_secs(1)))?;
    sockopt::set_tcp_keepcnt(listener, 2)?;
    Ok(())
}
