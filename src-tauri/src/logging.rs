//! What Samovar says about itself on stderr, when `SAMOVAR_LOG` asks for it. Names, words and secrets are never logged.

use tracing_subscriber::EnvFilter;

/// Starts logging; without `SAMOVAR_LOG` only warnings are shown.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("SAMOVAR_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second start, as in a test, keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
