//! Settings of signing in by a company's provider, as `serve` takes them. The secret is read from a file: what stands on a
//! command line is seen by everybody on the machine.

use std::path::PathBuf;

use clap::Args;
use samovar_domain::kinds::RoleName;
use samovar_server::sign_in::{Rules, Settings};

use super::Failure;

/// See the module.
#[derive(Debug, Args)]
pub(crate) struct SignInArguments {
    /// The company's OIDC provider, such as `https://id.example.org`: people may join by signing in there.
    #[arg(
        id = "oidc_issuer",
        long = "oidc-issuer",
        env = "SAMOVAR_OIDC_ISSUER",
        value_name = "URL"
    )]
    issuer: Option<String>,
    /// The endpoint's name at the provider.
    #[arg(
        id = "oidc_client_id",
        long = "oidc-client-id",
        env = "SAMOVAR_OIDC_CLIENT_ID",
        value_name = "ID"
    )]
    client_id: Option<String>,
    /// The file with the secret that the provider has given it.
    #[arg(
        id = "oidc_client_secret_file",
        long = "oidc-client-secret-file",
        env = "SAMOVAR_OIDC_CLIENT_SECRET_FILE",
        value_name = "FILE"
    )]
    client_secret_file: Option<PathBuf>,
    /// Domains of verified e-mail addresses whose people may join, such as `example.org,example.com`.
    #[arg(
        id = "oidc_domains",
        long = "oidc-domains",
        env = "SAMOVAR_OIDC_DOMAINS",
        value_name = "LIST",
        default_value = ""
    )]
    domains: String,
    /// Groups whose people may join, and what they are, such as `tea=member,tea-admins=admin`, followed at each sign-in; of
    /// one without a role, such as `tea`, people may join, and the team says what they are.
    #[arg(id = "oidc_groups", long = "oidc-groups", env = "SAMOVAR_OIDC_GROUPS", value_name = "LIST", default_value = "", value_parser = checked_groups)]
    groups: String,
    /// The claim in which the provider tells groups.
    #[arg(
        id = "oidc_groups_claim",
        long = "oidc-groups-claim",
        env = "SAMOVAR_OIDC_GROUPS_CLAIM",
        value_name = "NAME",
        default_value = "groups"
    )]
    groups_claim: String,
}

const LOOKS_LIKE: &str = "it looks like tea=member,tea-admins=admin";

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// Groups and what they make their members.
pub(crate) fn group_list(list: &str) -> Result<Vec<(String, Option<RoleName>)>, String> {
    let group = |word: &str| {
        let (group, role) = match word.rsplit_once('=') {
            None => (word, None),
            Some((group, role)) => match role.trim() {
                "member" => (group, Some(RoleName::Member)),
                "admin" => (group, Some(RoleName::Admin)),
                _ => return Err(LOOKS_LIKE.to_owned()),
            },
        };
        let group = group.trim();
        if group.is_empty() {
            return Err(LOOKS_LIKE.to_owned());
        }
        Ok((group.to_owned(), role))
    };
    words(list).map(group).collect()
}

fn checked_groups(list: &str) -> Result<String, String> {
    group_list(list).map(|_| list.to_owned())
}

impl SignInArguments {
    /// The settings, when people are to sign in.
    pub(crate) fn settings(self) -> Result<Option<Settings>, Failure> {
        let says_who = !(self.domains.is_empty() && self.groups.is_empty());
        let (issuer, client_id, file) = match (self.issuer, self.client_id, self.client_secret_file) {
            (Some(issuer), Some(client_id), Some(file)) => (issuer, client_id, file),
            (None, None, None) if !says_who => return Ok(None),
            // Half of it would leave people before a door that nobody has told them is shut.
            _ => {
                return Err("signing in needs all of oidc_issuer, oidc_client_id and oidc_client_secret_file".into());
            }
        };
        let secret = std::fs::read_to_string(&file)
            .map_err(|error| format!("the secret in {} cannot be read: {error}", file.display()))?;
        if secret.trim().is_empty() {
            return Err(format!("there is no secret in {}", file.display()).into());
        }
        Ok(Some(Settings {
            issuer,
            client_id,
            client_secret: secret.trim().to_owned(),
            scopes: vec!["email".to_owned(), "profile".to_owned()],
            rules: Rules {
                domains: words(&self.domains).map(str::to_owned).collect(),
                groups_claim: self.groups_claim,
                groups: group_list(&self.groups)?,
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_say_what_their_people_are() {
        let (member, admin) = (RoleName::Member, RoleName::Admin);
        let named = |group: &str, role| (group.to_owned(), role);
        assert_eq!(group_list("tea, cn=tea,ou=x=admin ,").unwrap_err(), LOOKS_LIKE);
        assert_eq!(
            group_list("=admin").unwrap_err(),
            LOOKS_LIKE,
            "everybody is in no group"
        );
        assert_eq!(
            group_list("tea=member, tea-admins = admin ,guests").unwrap(),
            [
                named("tea", Some(member)),
                named("tea-admins", Some(admin)),
                named("guests", None)
            ]
        );
        assert_eq!(group_list("").unwrap(), []);
        assert!(group_list("tea=owner").is_err(), "who owns the team is its own affair");
    }

    /// What is wrong with settings of these three, or nothing.
    fn complaint(issuer: Option<&str>, id: Option<&str>, secret: Option<&str>, groups: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        if let Some(secret) = secret {
            std::fs::write(&file, secret).unwrap();
        }
        let arguments = SignInArguments {
            issuer: issuer.map(str::to_owned),
            client_id: id.map(str::to_owned),
            client_secret_file: secret.map(|_| file),
            domains: String::new(),
            groups: groups.to_owned(),
            groups_claim: "groups".to_owned(),
        };
        arguments.settings().err().map(|error| error.to_string())
    }

    #[test]
    fn half_of_the_settings_are_none() {
        let (issuer, id, secret) = (Some("https://id.example.org"), Some("samovar"), Some("hush\n"));
        assert_eq!(complaint(issuer, id, secret, "tea"), None);
        assert_eq!(complaint(None, None, None, ""), None, "nobody signs in");
        let needs = "signing in needs all of oidc_issuer, oidc_client_id and oidc_client_secret_file";
        for (issuer, id, secret) in [
            (None, id, secret),
            (issuer, None, secret),
            (issuer, id, None),
            (None, None, None),
        ] {
            assert_eq!(complaint(issuer, id, secret, "tea").as_deref(), Some(needs));
        }
        let empty = complaint(issuer, id, Some(" \n"), "tea").unwrap();
        assert!(empty.starts_with("there is no secret in "), "{empty}");
    }
}
