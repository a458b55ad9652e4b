//! The catalogue of all words that people read, in the languages that Samovar speaks. English is complete by definition;
//! a test holds the others to it.

mod cards;
pub mod notifications;
mod pairs;
mod people;
mod slots;

use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use samovar_domain::MemberId;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;

const ENGLISH: &str = include_str!("../catalogue/en.ftl");
const GERMAN: &str = include_str!("../catalogue/de.ftl");

type Bundle = FluentBundle<FluentResource>;

/// The words of one language. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    locale: &'static str,
    bundle: Arc<Bundle>,
}

fn bundle_of(locale: &str, catalogue: &str) -> Arc<Bundle> {
    let language: LanguageIdentifier = locale.parse().expect("the languages' own names are well formed");
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks that isolate a name's writing direction show as boxes in some trays and notification servers.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(partial, errors)| {
        tracing::error!(locale, ?errors, "the catalogue has messages that cannot be read");
        partial
    });
    bundle.add_resource_overriding(resource);
    Arc::new(bundle)
}

impl Words {
    /// The words for a locale such as `de-AT`, `de_DE.UTF-8` or `en`; English when it is none of ours.
    pub fn for_locale(locale: &str) -> Self {
        static ENGLISH_BUNDLE: OnceLock<Arc<Bundle>> = OnceLock::new();
        static GERMAN_BUNDLE: OnceLock<Arc<Bundle>> = OnceLock::new();
        let language = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") {
            let bundle = GERMAN_BUNDLE.get_or_init(|| bundle_of("de", GERMAN));
            Self {
                locale: "de",
                bundle: Arc::clone(bundle),
            }
        } else {
            let bundle = ENGLISH_BUNDLE.get_or_init(|| bundle_of("en", ENGLISH));
            Self {
                locale: "en",
                bundle: Arc::clone(bundle),
            }
        }
    }

    /// The language in use: `en` or `de`.
    pub fn locale(&self) -> &'static str {
        self.locale
    }

    /// Whether the catalogue has words of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The words of this key with its variables filled in. A key that is missing shows as itself, so that it is found.
    pub fn say(&self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, locale = self.locale, "the catalogue lacks a message");
            return key.to_owned();
        };
        let mut arguments = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            arguments.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        let words = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::error!(
                key,
                locale = self.locale,
                ?errors,
                "a message was not given what it needs"
            );
        }
        words
    }

    /// Names in one breath: "Ben", "Ben and Cleo", "Ben, Cleo and Dee", "Ben, Cleo and 3 others".
    pub fn join_names(&self, names: &[String]) -> String {
        let name = |index: usize| FluentValue::from(names[index].as_str());
        match names.len() {
            0 => self.say("someone", &[]),
            1 => names[0].clone(),
            2 => self.say("names-two", &[("first", name(0)), ("second", name(1))]),
            3 => self.say(
                "names-three",
                &[("first", name(0)), ("second", name(1)), ("third", name(2))],
            ),
            count => self.say(
                "names-more",
                &[("first", name(0)), ("second", name(1)), ("count", (count - 2).into())],
            ),
        }
    }
}

/// Says who a member is, for texts: their name, or nothing when they are no longer in the team.
pub trait Names {
    /// The member's name.
    fn name(&self, member: MemberId) -> Option<String>;
}

impl<F: Fn(MemberId) -> Option<String>> Names for F {
    fn name(&self, member: MemberId) -> Option<String> {
        self(member)
    }
}

#[cfg(test)]
mod tests;
