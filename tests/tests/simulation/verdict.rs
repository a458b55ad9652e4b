//! What must hold when all is quiet again, and what must hold at any time.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::desktop::Desktop;
use crate::endpoint::Endpoint;
use crate::people::{Kind, Memory, Thing};
use crate::witness::may_see;

/// The words of an item, whatever they are called.
fn words(item: &Value) -> &str {
    let body = &item["body"];
    ["text", "reason", "question"]
        .iter()
        .find_map(|field| body[*field].as_str())
        .unwrap_or_default()
}

/// Everything that somebody was told is kept is on their own desktop: as an item, in the outbox, or among what was refused.
pub(crate) fn own_words_are_read_back(desktop: &Desktop, memory: &Memory) -> Result<(), String> {
    if memory.left.contains(&desktop.number) {
        return Ok(());
    }
    let (items, _) = desktop.has();
    let (waiting, refused) = desktop.keeps();
    for thing in memory.things.iter().filter(|thing| thing.owner == desktop.number) {
        if thing.is_deleted || thing.may_be_gone || is_shaken(thing, memory) {
            continue;
        }
        let is_kept = items.iter().any(|item| words(item).starts_with(&thing.tag))
            || waiting.iter().chain(&refused).any(|text| text.contains(&thing.tag));
        if !is_kept {
            return Err(format!("desktop {} has lost its own words {thing:?}", desktop.number));
        }
    }
    Ok(())
}

/// Whether it may rightly go with somebody who left, or with what it was written on.
fn is_shaken(thing: &Thing, memory: &Memory) -> bool {
    let has_left = |one: &usize| memory.left.contains(one);
    let is_on_sand = thing.on.is_some_and(|on| {
        let on = &memory.things[on];
        on.is_deleted || on.may_be_gone || is_shaken(on, memory)
    });
    has_left(&thing.owner) || thing.to.iter().any(has_left) || is_on_sand
}

/// Whether everybody has sent everything and read to the end.
pub(crate) fn is_quiet(desktops: &[Desktop], memory: &Memory, endpoint: &Endpoint) -> bool {
    desktops
        .iter()
        .filter(|desktop| !memory.left.contains(&desktop.number))
        .all(|desktop| {
            let (_, cursor) = desktop.has();
            let (epoch, newest) = endpoint.stands(&memory.members[desktop.number].to_string());
            desktop.keeps().0.is_empty()
                && cursor["epoch"] == epoch
                && cursor["seq"].as_u64().is_some_and(|seq| seq >= newest)
        })
}

/// The end of a run: what the endpoint has, what desktops have, and what people were told.
pub(crate) fn all_is_well(all: &[Value], desktops: &[Desktop], memory: &Memory) -> Result<(), String> {
    let living: Vec<Value> = all.iter().filter(|item| !item["body"].is_null()).cloned().collect();
    let endpoint = living.as_slice();
    let mut refused = BTreeMap::new();
    for desktop in desktops.iter().filter(|desktop| !memory.left.contains(&desktop.number)) {
        let member = memory.members[desktop.number].to_string();
        // A focus is soon over, by the clock of whoever looks.
        let lasts = |item: &Value| item["kind"] != "focus";
        let wanted: Vec<&Value> = endpoint
            .iter()
            .filter(|item| lasts(item) && may_see(item, &member))
            .collect();
        let (mut found, _) = desktop.has();
        found.retain(lasts);
        found.sort_by_key(|item| item["seq"].as_u64());
        for (wanted, found) in wanted.iter().zip(&found) {
            if *wanted != found {
                let one = |item: &&Value| item["id"] == found["id"];
                return Err(format!(
                    "desktop {} has {found} where the endpoint has {wanted}; there, the first one is {:?}",
                    desktop.number,
                    all.iter().find(one)
                ));
            }
        }
        if wanted.len() != found.len() {
            let more = if wanted.len() > found.len() {
                wanted[found.len()]
            } else {
                &found[wanted.len()]
            };
            return Err(format!(
                "desktop {} has {} items of {}; the first of the rest is {more}",
                desktop.number,
                found.len(),
                wanted.len()
            ));
        }
        refused.insert(desktop.number, desktop.keeps().1);
        own_words_are_read_back(desktop, memory)?;
    }
    for thing in &memory.things {
        let there: Vec<&Value> = endpoint
            .iter()
            .filter(|item| words(item).starts_with(&thing.tag))
            .collect();
        if there.len() > 1 {
            return Err(format!("{thing:?} is there {} times", there.len()));
        }
        if is_shaken(thing, memory) {
            continue;
        }
        let was_refused = |text: &String| refused[&thing.owner].iter().any(|one| one.contains(text.as_str()));
        let is_refused = thing.versions.iter().chain(&thing.former).any(was_refused);
        match there.first() {
            None if thing.is_deleted || thing.may_be_gone => {}
            // A reply may find that what it is for has gone, and a decision that somebody has left.
            None if is_refused && matches!(thing.kind, Kind::Reply | Kind::Decision) => {}
            None => return Err(format!("the endpoint has lost {thing:?}")),
            Some(item) if thing.is_deleted && !thing.may_be_gone && !is_refused => {
                return Err(format!("{thing:?} was deleted, and is there: {item}"));
            }
            Some(item) => {
                let is_known = |text: &String| text == words(item);
                let is_fit = thing.versions.iter().any(is_known)
                    || (is_refused || thing.may_be_gone) && thing.former.iter().any(is_known);
                if !is_fit {
                    return Err(format!("{thing:?} reads otherwise: {item}"));
                }
            }
        }
    }
    for tag in &memory.perhaps {
        let count = endpoint
            .iter()
            .filter(|item| words(item).starts_with(tag.as_str()))
            .count();
        if count > 1 {
            return Err(format!("{tag} is there {count} times"));
        }
    }
    reactions_stand(endpoint, memory)?;
    for gone in &memory.left {
        let gone = memory.members[*gone].to_string();
        if let Some(item) = endpoint
            .iter()
            .find(|item| item["owner"] == gone.as_str() && !words(item).is_empty())
        {
            // It is only known that they wanted to leave; whoever is a member still has a profile.
            if !endpoint.iter().any(|item| item["id"] == gone.as_str()) {
                return Err(format!("somebody has left, and this is there: {item}"));
            }
        }
    }
    Ok(())
}

fn reactions_stand(endpoint: &[Value], memory: &Memory) -> Result<(), String> {
    for reacted in &memory.reactions {
        let on = &memory.things[reacted.on];
        if on.is_deleted || on.may_be_gone || is_shaken(on, memory) || memory.left.contains(&reacted.owner) {
            continue;
        }
        let owner = memory.members[reacted.owner].to_string();
        let is_it = |item: &&Value| {
            item["kind"] == "reaction"
                && item["owner"] == owner.as_str()
                && item["body"]["target"] == on.id.to_string().as_str()
        };
        let count = endpoint.iter().filter(is_it).count();
        let is_fit = match reacted.is_on {
            Some(is_on) => count == usize::from(is_on),
            None => count <= 1,
        };
        if !is_fit {
            return Err(format!("{reacted:?} on {on:?} is there {count} times"));
        }
    }
    Ok(())
}
