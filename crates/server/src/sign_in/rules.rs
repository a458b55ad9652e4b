//! Who of those at the company's provider may join, and as what. Pure.

use samovar_domain::kinds::RoleName;
use serde_json::Value;

/// See the module. Whoever is in one of the groups, or has an address of one of the domains, may join.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Domains of e-mail addresses, such as `example.org`; an address counts when the provider has verified it.
    pub domains: Vec<String>,
    /// The claim that groups are told in.
    pub groups_claim: String,
    /// Groups, and what they make their members, member or admin; or nothing, for a group that only lets in.
    pub groups: Vec<(String, Option<RoleName>)>,
}

/// What the provider says of somebody, after all that proves it was checked.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Their address.
    pub email: Option<String>,
    /// Whether the provider has verified it.
    pub is_verified: bool,
    /// Their groups, as the claim has them.
    pub groups: Value,
}

/// Why somebody may not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAdmitted {
    /// Their address is of an admitted domain, and nobody has verified that it is theirs.
    Unverified,
    /// They are in none of the groups and have no address of the domains.
    Stranger,
}

impl Rules {
    /// The role that somebody has from their groups, if groups say anything; or why they may not join.
    pub fn admit(&self, said: &Said) -> Result<Option<RoleName>, NotAdmitted> {
        let of_groups = self
            .groups
            .iter()
            .filter(|(group, _)| is_in(&said.groups, group))
            .map(|(_, role)| *role)
            .max();
        // Where no group says what one is, the team does.
        let says_nothing = self.groups.iter().all(|(_, role)| role.is_none());
        let least = (!says_nothing).then_some(RoleName::Member);
        if let Some(role) = of_groups {
            return Ok(role.or(least));
        }
        let has_domain = said.email.as_deref().is_some_and(|email| self.has_domain(email));
        match (has_domain, said.is_verified) {
            // Who has left a group that made them an admin is an admin no more.
            (true, true) => Ok(least),
            (true, false) => Err(NotAdmitted::Unverified),
            (false, _) => Err(NotAdmitted::Stranger),
        }
    }

    /// The domain is what stands behind the last `@`, and is meant as a whole.
    fn has_domain(&self, email: &str) -> bool {
        let Some((name, domain)) = email.rsplit_once('@') else {
            return false;
        };
        !name.is_empty() && self.domains.iter().any(|known| known.eq_ignore_ascii_case(domain))
    }
}

/// Groups are told as a list of words or as one word.
fn is_in(groups: &Value, group: &str) -> bool {
    match groups {
        Value::Array(all) => all.iter().any(|one| one.as_str() == Some(group)),
        Value::String(one) => one == group,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rules(domains: &[&str], groups: &[(&str, Option<RoleName>)]) -> Rules {
        Rules {
            domains: domains.iter().map(ToString::to_string).collect(),
            groups_claim: "groups".to_owned(),
            groups: groups
                .iter()
                .map(|(group, role)| ((*group).to_owned(), *role))
                .collect(),
        }
    }

    fn said(email: &str, is_verified: bool, groups: Value) -> Said {
        Said {
            email: Some(email.to_owned()),
            is_verified,
            groups,
        }
    }

    #[test]
    fn an_address_admits_when_it_is_verified_and_its_whole_domain_is_known() {
        let rules = rules(&["example.org"], &[]);
        let check = |email: &str, is_verified: bool, expect| {
            assert_eq!(rules.admit(&said(email, is_verified, Value::Null)), expect, "{email}");
        };
        check("ana@example.org", true, Ok(None));
        check("ana@EXAMPLE.org", true, Ok(None));
        check("ana@example.org", false, Err(NotAdmitted::Unverified));
        for email in [
            "ana@example.org.evil.example",
            "ana@evilexample.org",
            "ana@sub.example.org",
            "ana@example.org@evil.example",
            "@example.org",
            "example.org",
            "",
        ] {
            check(email, true, Err(NotAdmitted::Stranger));
        }
        assert_eq!(rules.admit(&Said::default()), Err(NotAdmitted::Stranger));
    }

    #[test]
    fn the_highest_of_one_s_groups_says_what_one_is() {
        let (member, admin) = (RoleName::Member, RoleName::Admin);
        let rules = rules(
            &["example.org"],
            &[("tea", Some(member)), ("tea-admins", Some(admin)), ("guests", None)],
        );
        let check = |email: &str, groups: Value, expect| {
            let found = rules.admit(&said(email, true, groups.clone()));
            assert_eq!(found, expect, "{email} {groups}");
        };
        check("a@elsewhere.example", json!(["tea", "tea-admins"]), Ok(Some(admin)));
        check("a@elsewhere.example", json!(["tea", "others"]), Ok(Some(member)));
        check("a@elsewhere.example", json!("tea-admins"), Ok(Some(admin)));
        check(
            "a@elsewhere.example",
            json!(["Tea", "tea-admin", 7]),
            Err(NotAdmitted::Stranger),
        );
        check(
            "a@elsewhere.example",
            json!({ "tea": true }),
            Err(NotAdmitted::Stranger),
        );
        check("a@example.org", json!([]), Ok(Some(member)));
        check("a@elsewhere.example", json!(["guests"]), Ok(Some(member)));
        check("a@elsewhere.example", json!(["guests", "tea-admins"]), Ok(Some(admin)));
    }

    #[test]
    fn groups_that_only_let_in_leave_roles_to_the_team() {
        let rules = rules(&["example.org"], &[("example.org", None)]);
        let check = |email: &str, groups: Value, expect| {
            assert_eq!(rules.admit(&said(email, true, groups)), expect, "{email}");
        };
        // As a claim that says of which company somebody is.
        check("a@elsewhere.example", json!("example.org"), Ok(None));
        check("a@example.org", Value::Null, Ok(None));
        check(
            "a@elsewhere.example",
            json!("elsewhere.example"),
            Err(NotAdmitted::Stranger),
        );
    }
}
