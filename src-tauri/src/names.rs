//! Finds the people that a command line names. Writing "ana" is enough when only one person can be meant.

use samovar_core::api::Person;
use samovar_domain::MemberId;

/// A name that cannot be resolved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NameError {
    /// Nobody is called that.
    #[error("nobody in the team is called \"{name}\". There are: {}", .everyone.join(", "))]
    Unknown {
        /// As written.
        name: String,
        /// Who there is.
        everyone: Vec<String>,
    },
    /// Several people may be meant.
    #[error("\"{name}\" may be {}. Write more of the name", .candidates.join(" or "))]
    Ambiguous {
        /// As written.
        name: String,
        /// Whom it may mean.
        candidates: Vec<String>,
    },
}

/// The members meant by `names`, each once, in the order written. A whole name goes before the beginning of one, a
/// name's beginning before the beginning of a later word in it.
pub(crate) fn resolve<'a>(
    names: &[String],
    people: impl IntoIterator<Item = &'a Person>,
) -> Result<Vec<MemberId>, NameError> {
    let people: Vec<(&Person, String)> = people
        .into_iter()
        .map(|person| (person, person.name.trim().to_lowercase()))
        .collect();
    let mut found = Vec::new();
    for name in names {
        let wanted = name.trim().to_lowercase();
        let is_whole = |full: &str| full == wanted;
        let is_start = |full: &str| !wanted.is_empty() && full.starts_with(&wanted);
        let is_word = |full: &str| {
            full.split_whitespace()
                .any(|word| !wanted.is_empty() && word.starts_with(&wanted))
        };
        let ways: [&dyn Fn(&str) -> bool; 3] = [&is_whole, &is_start, &is_word];
        let meant = ways
            .iter()
            .map(|is_meant| people.iter().filter(|(_, full)| is_meant(full)).collect::<Vec<_>>())
            .find(|meant| !meant.is_empty())
            .unwrap_or_default();
        match meant[..] {
            [(person, _)] if found.contains(&person.id) => {}
            [(person, _)] => found.push(person.id),
            [] => {
                let everyone = people.iter().map(|(person, _)| person.name.clone()).collect();
                return Err(NameError::Unknown {
                    name: name.clone(),
                    everyone,
                });
            }
            _ => {
                let candidates = meant
                    .iter()
                    .map(|(person, _)| format!("{} ({})", person.name, person.time_zone))
                    .collect();
                return Err(NameError::Ambiguous {
                    name: name.clone(),
                    candidates,
                });
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Vec<Person> {
        let person = |name: &str| Person {
            id: MemberId::derived(&[name]),
            name: name.to_owned(),
            time_zone: "UTC".to_owned(),
            photo: None,
        };
        ["Ana", "Anabel Ruiz", "Bo Lindqvist", "Émile Ruiz"]
            .map(person)
            .to_vec()
    }

    fn check(names: &[&str], expected: Result<&[&str], &str>) {
        let team = team();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        match (resolve(&names, &team), expected) {
            (Ok(found), Ok(expected)) => {
                let expected: Vec<_> = expected.iter().map(|name| MemberId::derived(&[name])).collect();
                assert_eq!(found, expected, "{names:?}");
            }
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{names:?}: {error}"),
            (found, expected) => panic!("{names:?}: found {found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn names_are_found_by_whole_start_and_word() {
        check(&["ana"], Ok(&["Ana"]));
        check(&["ANAB"], Ok(&["Anabel Ruiz"]));
        check(&["lind"], Ok(&["Bo Lindqvist"]));
        check(&["émile"], Ok(&["Émile Ruiz"]));
        check(&["bo", "Bo Lindqvist"], Ok(&["Bo Lindqvist"]));
    }

    #[test]
    fn what_may_mean_several_people_lists_them() {
        check(&["an"], Err("Ana (UTC) or Anabel Ruiz (UTC)"));
        check(&["ruiz"], Err("Anabel Ruiz (UTC) or Émile Ruiz (UTC)"));
    }

    #[test]
    fn what_means_nobody_lists_everyone() {
        check(&["zoe"], Err("Bo Lindqvist"));
        check(&[""], Err("nobody"));
    }
}
