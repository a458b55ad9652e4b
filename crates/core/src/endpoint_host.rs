//! A team on this computer: whoever embeds the core can also run an endpoint beside it. The core does not know how.

use std::path::Path;

use async_trait::async_trait;
use samovar_domain::Problem;

/// A running endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedEndpoint {
    /// Such as `http://127.0.0.1:7465`; the same one at every start, so that links that were handed out keep working.
    pub base_url: String,
    /// A link that makes its user the team's owner; only while nobody has joined.
    pub owner_invite: Option<String>,
}

/// Starts an endpoint in this process.
#[async_trait]
pub trait EndpointHost: Send + Sync {
    /// Starts the endpoint whose data lies in `folder`, or says where it runs when it does already.
    async fn start(&self, folder: &Path) -> Result<StartedEndpoint, Problem>;
}
