//! Whether there is a screen to show anything on. Asked before the toolkit is, which would only end the process.

/// Whether this process can reach a display.
#[cfg(target_os = "linux")]
pub(crate) fn is_there() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY").is_some() {
        return true;
    }
    set("DISPLAY").is_some_and(|display| is_served(&display))
}

/// Whether a program may listen for keys that are pressed in others. Wayland asks the desktop for that, and most have no
/// answer yet; what X11 offers beside it only sees the keys of the programs that speak X11.
pub(crate) fn lets_listen_for_keys() -> bool {
    let is_wayland = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty());
    !(cfg!(target_os = "linux") && is_wayland)
}

/// A local X display has a socket; one on another host is believed.
#[cfg(target_os = "linux")]
fn is_served(display: &str) -> bool {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::net::{SocketAddr, UnixStream};
    let Some(number) = display.strip_prefix("unix").unwrap_or(display).strip_prefix(':') else {
        return true;
    };
    let number = number.split('.').next().unwrap_or_default();
    let path = format!("/tmp/.X11-unix/X{number}");
    UnixStream::connect(&path).is_ok()
        || SocketAddr::from_abstract_name(path.as_bytes())
            .is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
}

/// Elsewhere a person's session always has one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_there() -> bool {
    true
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_nobody_serves_is_none() {
        assert!(!is_served(":48213"));
        assert!(!is_served(":48213.0"));
        assert!(is_served("elsewhere:0"), "what is not here cannot be looked at");
    }
}
