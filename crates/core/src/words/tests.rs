//! Both languages say the same things, and everything they say can be said.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Each message of a catalogue with the variables in it.
fn messages(catalogue: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    let mut current = None;
    for line in catalogue.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            current = None;
        } else if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let key = line
                .split('=')
                .next()
                .expect("a split has a first part")
                .trim()
                .to_owned();
            assert!(
                found.insert(key.clone(), BTreeSet::new()).is_none(),
                "{key} is in the catalogue twice"
            );
            current = Some(key);
        }
        let Some(variables) = current.as_ref().and_then(|key| found.get_mut(key)) else {
            continue;
        };
        for rest in line.split('$').skip(1) {
            let is_part = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
            variables.insert(rest.chars().take_while(|character| is_part(*character)).collect());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (english, german) = (messages(ENGLISH), messages(GERMAN));
    let keys = |all: &BTreeMap<String, _>| all.keys().cloned().collect::<BTreeSet<_>>();
    let difference: Vec<_> = keys(&english).symmetric_difference(&keys(&german)).cloned().collect();
    assert!(difference.is_empty(), "only one language has {difference:?}");
    for (key, variables) in &english {
        assert_eq!(variables, &german[key], "{key} has other variables in German");
    }
}

#[test]
fn every_message_can_be_said_in_both_languages() {
    for (locale, catalogue) in [("en", ENGLISH), ("de", GERMAN)] {
        if let Err((_, errors)) = FluentResource::try_new(catalogue.to_owned()) {
            panic!("{locale}: {errors:?}");
        }
        let words = Words::for_locale(locale);
        for (key, variables) in messages(catalogue) {
            let Some(pattern) = words.bundle.get_message(&key).and_then(|message| message.value()) else {
                panic!("{locale}: {key} has no words");
            };
            for value in [1, 2] {
                let mut arguments = FluentArgs::new();
                for variable in &variables {
                    arguments.set(variable.as_str(), value);
                }
                let mut errors = Vec::new();
                let said = words.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                assert!(errors.is_empty(), "{locale}: {key}: {errors:?}");
                assert!(
                    !said.contains('\u{2068}'),
                    "{locale}: {key} has marks in it that trays show as boxes"
                );
            }
        }
    }
}

#[test]
fn a_locale_chooses_its_language_and_english_is_for_everyone_else() {
    let language = |locale: &str| Words::for_locale(locale).locale();
    for german in ["de", "de-AT", "de_DE.UTF-8", "DE", "de@euro"] {
        assert_eq!(language(german), "de", "{german}");
    }
    for other in ["en", "en-GB", "C", "", "pt_BR.UTF-8", "deu", "🫖"] {
        assert_eq!(language(other), "en", "{other}");
    }
}

#[test]
fn numbers_choose_their_plural_and_names_come_as_they_are() {
    let words = Words::for_locale("en");
    assert_eq!(words.say("tray-pause-hours", &[("count", 1.into())]), "1 hour");
    assert_eq!(words.say("tray-pause-hours", &[("count", 2.into())]), "2 hours");
    assert_eq!(
        words.say(
            "tray-gathering-soon",
            &[("title", "Tea { $x }".into()), ("minutes", 18.into())]
        ),
        "Tea { $x } in 18 min"
    );
    assert_eq!(words.say("no-such-key", &[]), "no-such-key");
}

#[test]
fn names_are_joined_as_people_say_them() {
    let words = Words::for_locale("en");
    let joined = |names: &[&str]| words.join_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(joined(&["Ben"]), "Ben");
    assert_eq!(joined(&["Ben", "Cleo"]), "Ben and Cleo");
    assert_eq!(joined(&["Ben", "Cleo", "Dee"]), "Ben, Cleo and Dee");
    assert_eq!(joined(&["Ben", "Cleo", "Dee", "Eve", "Fay"]), "Ben, Cleo and 3 others");
}
