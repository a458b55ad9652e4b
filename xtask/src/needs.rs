//! What the project needs on a machine beside Rust and Node: how to see whether it is there, and what its package is
//! called where.

use std::path::Path;

use crate::programs::{find, output};

/// How to see whether something is there.
pub(crate) enum Sign {
    /// One of these programs is on the PATH.
    Program(&'static [&'static str]),
    /// pkg-config knows this library.
    Library(&'static str),
    /// This file is there.
    File(&'static str),
    /// Python has this module.
    Module(&'static str),
    /// The system's fonts name this family.
    Font(&'static str),
}

/// One thing that is needed.
pub(crate) struct Need {
    pub(crate) sign: Sign,
    pub(crate) debian: &'static str,
    pub(crate) fedora: &'static str,
    pub(crate) arch: &'static str,
}

impl Need {
    /// Whether it is there.
    pub(crate) fn is_met(&self) -> bool {
        match self.sign {
            Sign::Program(names) => names.iter().any(|name| find(name).is_some()),
            Sign::Library(name) => output("pkg-config", &["--exists", name]).is_some(),
            Sign::File(path) => Path::new(path).exists(),
            Sign::Module(name) => output("python3", &["-c", &format!("import {name}")]).is_some(),
            Sign::Font(family) => output("fc-list", &[family]).is_some_and(|found| !found.trim().is_empty()),
        }
    }
}

const fn need(sign: Sign, debian: &'static str, fedora: &'static str, arch: &'static str) -> Need {
    Need {
        sign,
        debian,
        fedora,
        arch,
    }
}

/// To build the desktop and everything else.
pub(crate) const BUILD: &[Need] = &[
    need(Sign::Program(&["cc"]), "build-essential", "gcc", "base-devel"),
    need(
        Sign::Program(&["pkg-config"]),
        "pkg-config",
        "pkgconf-pkg-config",
        "pkgconf",
    ),
    need(
        Sign::Library("webkit2gtk-4.1"),
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
    need(
        Sign::Library("librsvg-2.0"),
        "librsvg2-dev",
        "librsvg2-devel",
        "librsvg",
    ),
    need(Sign::Library("openssl"), "libssl-dev", "openssl-devel", "openssl"),
    need(
        Sign::File("/usr/include/xdo.h"),
        "libxdo-dev",
        "libxdo-devel",
        "xdotool",
    ),
];

/// To drive a real desktop on a virtual display.
pub(crate) const DESKTOP: &[Need] = &[
    need(
        Sign::Program(&["Xvfb"]),
        "xvfb",
        "xorg-x11-server-Xvfb",
        "xorg-server-xvfb",
    ),
    need(Sign::Program(&["dbus-daemon"]), "dbus", "dbus-daemon", "dbus"),
    need(Sign::Program(&["dbus-launch"]), "dbus-x11", "dbus-x11", "dbus"),
    need(
        Sign::Program(&["WebKitWebDriver"]),
        "webkit2gtk-driver",
        "webkit2gtk4.1",
        "webkit2gtk-4.1",
    ),
    need(
        Sign::File("/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service"),
        "xfce4-notifyd",
        "xfce4-notifyd",
        "xfce4-notifyd",
    ),
    need(Sign::Program(&["dunst"]), "dunst", "dunst", "dunst"),
    need(
        Sign::Program(&["gnome-keyring-daemon"]),
        "gnome-keyring",
        "gnome-keyring",
        "gnome-keyring",
    ),
    need(
        Sign::File("/usr/share/dbus-1/services/ca.desrt.dconf.service"),
        "dconf-gsettings-backend",
        "dconf",
        "dconf",
    ),
    need(
        Sign::File("/usr/share/glib-2.0/schemas/org.gnome.desktop.notifications.gschema.xml"),
        "gsettings-desktop-schemas",
        "gsettings-desktop-schemas",
        "gsettings-desktop-schemas",
    ),
    need(Sign::Program(&["gsettings"]), "libglib2.0-bin", "glib2", "glib2"),
    need(Sign::Program(&["openbox"]), "openbox", "openbox", "openbox"),
    need(
        Sign::Program(&["xfce4-panel"]),
        "xfce4-panel",
        "xfce4-panel",
        "xfce4-panel",
    ),
    need(
        Sign::File("/usr/share/icons/Adwaita/index.theme"),
        "adwaita-icon-theme",
        "adwaita-icon-theme",
        "adwaita-icon-theme",
    ),
    need(
        Sign::Program(&["xsetroot"]),
        "x11-xserver-utils",
        "xsetroot",
        "xorg-xsetroot",
    ),
    need(Sign::Program(&["xdotool"]), "xdotool", "xdotool", "xdotool"),
    need(Sign::Program(&["import"]), "imagemagick", "ImageMagick", "imagemagick"),
    need(Sign::Program(&["xclip"]), "xclip", "xclip", "xclip"),
    need(Sign::Program(&["xwininfo"]), "x11-utils", "xwininfo", "xorg-xwininfo"),
    need(Sign::Program(&["xprop"]), "x11-utils", "xprop", "xorg-xprop"),
    need(Sign::Program(&["xdg-mime"]), "xdg-utils", "xdg-utils", "xdg-utils"),
    need(Sign::Program(&["fc-list"]), "fontconfig", "fontconfig", "fontconfig"),
    need(
        Sign::Font("DejaVu Sans"),
        "fonts-dejavu-core",
        "dejavu-sans-fonts",
        "ttf-dejavu",
    ),
    need(
        Sign::Font("Noto Color Emoji"),
        "fonts-noto-color-emoji",
        "google-noto-color-emoji-fonts",
        "noto-fonts-emoji",
    ),
];

/// To test the UI in a browser.
pub(crate) const BROWSER: &[Need] = &[need(Sign::Program(CHROMIUM), "chromium", "chromium", "chromium")];

/// To compare calendars and times with other people's programs, each in an environment of its own.
pub(crate) const PYTHON: &[Need] = &[need(Sign::Module("ensurepip"), "python3-venv", "python3", "python")];

/// To compare the pictures with a well-known tool.
pub(crate) const PICTURES: &[Need] = &[need(
    Sign::Program(&["vipsthumbnail"]),
    "libvips-tools",
    "vips-tools",
    "libvips",
)];

/// To try the endpoint on PostgreSQL. Debian keeps its programs off the path.
pub(crate) const DATABASE: &[Need] = &[need(
    Sign::Program(&["initdb", "pg_lsclusters"]),
    "postgresql",
    "postgresql-server",
    "postgresql",
)];

/// What Chromium's program is called, by distribution.
pub(crate) const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// All of it.
pub(crate) fn everything() -> [&'static [Need]; 6] {
    [BUILD, DESKTOP, BROWSER, PYTHON, PICTURES, DATABASE]
}
