//! One person's computer, for real: a screen of its own, a message bus of its own, a window manager, a panel with a tray
//! and a notification server; and the hands and eyes of the person in front of it.

mod app;
mod bus;
mod computer;
mod extras;
mod hands;
mod notifications;
mod page;
mod screen;
mod socket;
mod tray;
mod windows;

pub use app::App;
pub use bus::Bus;
pub use computer::{Computer, Lacks};
pub use hands::Hands;
pub use notifications::{Notifications, Shown};
pub use page::Page;
pub use screen::Screen;
pub use socket::{ask, ask_shell};
pub use tray::{MenuLine, Tray};
