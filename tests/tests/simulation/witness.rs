//! Looks at everything that the endpoint says, with rules of its own: who may see what, and that the sequence goes on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::world::World;

#[derive(Default)]
struct Inside {
    /// Which member calls from each desktop.
    members: BTreeMap<usize, String>,
    /// The highest head that was told, by epoch.
    heads: BTreeMap<String, u64>,
    epochs: Vec<String>,
    /// What an op was answered with: by epoch, token and number.
    answered: BTreeMap<(String, String, u64), (String, Value)>,
    /// Where the sequence was when it was confirmed to somebody that they have left.
    left: BTreeMap<usize, u64>,
    items: u64,
}

/// See the module. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Witness {
    world: World,
    inside: Arc<Mutex<Inside>>,
}

/// A call that has arrived at the endpoint.
pub(crate) struct Heard {
    pub(crate) desktop: usize,
    pub(crate) uri: String,
    pub(crate) token: String,
    pub(crate) sent: Vec<u8>,
    /// See [`Witness::floor`].
    pub(crate) floor: (String, u64),
}

/// A stream that is being looked at.
pub(crate) struct Looked {
    desktop: usize,
    cursor: u64,
}

/// Whether a member may see an item, by the words of the API alone.
pub(crate) fn may_see(item: &Value, member: &str) -> bool {
    let names = |list: &Value| list.as_array().is_some_and(|all| all.iter().any(|one| one == member));
    item["owner"] == member
        || match &item["audience"] {
            Value::String(team) => team == "team",
            audience if audience.get("only").is_some() => names(&audience["only"]),
            audience => !names(&audience["except"]),
        }
}

impl Witness {
    pub(crate) fn new(world: &World) -> Self {
        Self {
            world: world.clone(),
            inside: Arc::default(),
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn knows(&self, desktop: usize, member: String) {
        self.inside().members.insert(desktop, member);
    }

    /// It was confirmed to whoever uses this desktop that they have left, and the newest seq was `head`, or below it.
    pub(crate) fn has_left(&self, desktop: usize, head: u64) {
        self.inside().left.insert(desktop, head);
    }

    /// How many items it has seen on their way.
    pub(crate) fn items(&self) -> u64 {
        self.inside().items
    }

    fn sees_item(&self, desktop: usize, item: &Value) {
        let mut inside = self.inside();
        inside.items += 1;
        let member = inside.members.get(&desktop).cloned();
        drop(inside);
        if let Some(member) = member
            && !may_see(item, &member)
        {
            self.world
                .is_wrong(format!("desktop {desktop} was sent what is hidden from it: {item}"));
        }
    }

    /// What a call that arrives now must at least be told.
    pub(crate) fn floor(&self) -> (String, u64) {
        let inside = self.inside();
        let epoch = inside.epochs.last().cloned().unwrap_or_default();
        let head = inside.heads.get(&epoch).copied().unwrap_or(0);
        (epoch, head)
    }

    fn sees_head(&self, floor: &(String, u64), epoch: &Value, head: &Value) {
        let (Some(epoch), Some(head)) = (epoch.as_str(), head.as_u64()) else {
            self.world.is_wrong(format!("no head: {epoch} {head}"));
            return;
        };
        let mut inside = self.inside();
        if inside.epochs.last().is_none_or(|last| last != epoch) {
            let is_old = inside.epochs.iter().any(|one| one == epoch);
            inside.epochs.push(epoch.to_owned());
            if is_old {
                drop(inside);
                self.world.is_wrong(format!("epoch {epoch} came back"));
                return;
            }
        }
        let highest = inside.heads.entry(epoch.to_owned()).or_default();
        *highest = head.max(*highest);
        drop(inside);
        // What was read before others were told more may be on its way still.
        let before = if floor.0 == epoch { floor.1 } else { 0 };
        if head < before {
            self.world
                .is_wrong(format!("seq went back from {before} to {head} within an epoch"));
        }
    }

    fn epoch(&self) -> Value {
        self.inside()
            .epochs
            .last()
            .map_or(Value::Null, |last| last.as_str().into())
    }

    /// A whole answer to a call.
    pub(crate) fn answered(&self, heard: &Heard, answer: &[u8]) {
        let Heard {
            desktop,
            uri,
            token,
            sent,
            floor,
        } = heard;
        let Ok(answer) = serde_json::from_slice::<Value>(answer) else {
            return;
        };
        if uri.starts_with("/v1/items") && answer["items"].is_array() {
            self.sees_page(*desktop, uri, floor, &answer);
        }
        if uri.as_str() == "/v1/ops" && answer["results"].is_array() {
            let sent: Value = serde_json::from_slice(sent).unwrap_or_default();
            self.sees_results(token, floor, &sent, &answer);
        }
    }

    fn sees_page(&self, desktop: usize, uri: &str, floor: &(String, u64), page: &Value) {
        self.sees_head(floor, &page["epoch"], &page["head"]);
        let after = uri
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("after=")?.parse::<u64>().ok());
        let mut before = after.unwrap_or(0);
        for item in page["items"].as_array().unwrap() {
            self.sees_item(desktop, item);
            let seq = item["seq"].as_u64().unwrap_or(0);
            if seq <= before {
                self.world.is_wrong(format!("a page gives seq {seq} behind {before}"));
            }
            before = seq;
        }
        if before > page["head"].as_u64().unwrap_or(0).max(after.unwrap_or(0)) {
            self.world
                .is_wrong(format!("a page goes on to {before}, beyond its head {}", page["head"]));
        }
    }

    fn sees_results(&self, token: &str, floor: &(String, u64), sent: &Value, answer: &Value) {
        let epoch = self.epoch();
        self.sees_head(floor, &epoch, &answer["head"]);
        let ops = sent["ops"].as_array().cloned().unwrap_or_default();
        for result in answer["results"].as_array().unwrap() {
            let n = result["n"].as_u64().unwrap_or(0);
            let Some(op) = ops.iter().find(|op| op["n"] == n) else {
                self.world
                    .is_wrong(format!("an op was answered that was not sent: {result}"));
                continue;
            };
            let key = (epoch.as_str().unwrap_or_default().to_owned(), token.to_owned(), n);
            let said = (op["id"].to_string(), result.clone());
            let first = self
                .inside()
                .answered
                .entry(key)
                .or_insert_with(|| said.clone())
                .clone();
            if first != said {
                self.world
                    .is_wrong(format!("op {n} was answered twice, and not alike: {first:?}, {said:?}"));
            }
        }
    }

    /// A stream begins.
    pub(crate) fn looks_at_stream(desktop: usize, uri: &str) -> Looked {
        let after = uri
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("after=")?.parse::<u64>().ok());
        Looked {
            desktop,
            cursor: after.unwrap_or(0),
        }
    }

    /// Whole events of a stream.
    pub(crate) fn streamed(&self, looked: &mut Looked, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        for event in text.split("\n\n").filter(|event| !event.is_empty()) {
            let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let data: Value = field("data:")
                .and_then(|data| serde_json::from_str(data).ok())
                .unwrap_or_default();
            match field("event:") {
                Some("item") => {
                    self.sees_item(looked.desktop, &data);
                    let seq = data["seq"].as_u64().unwrap_or(0);
                    if seq <= looked.cursor {
                        self.world
                            .is_wrong(format!("a stream gives seq {seq} behind {}", looked.cursor));
                    }
                    looked.cursor = seq;
                    let left = self.inside().left.get(&looked.desktop).copied();
                    if left.is_some_and(|left| seq > left) {
                        self.world
                            .is_wrong(format!("desktop {} has left, and is sent {data}", looked.desktop));
                    }
                }
                Some("head") => {
                    // How far this stream has come, which may be less than others were told already.
                    let head = data["head"].as_u64().unwrap_or(0);
                    if head < looked.cursor || data["epoch"] != self.epoch() {
                        self.world
                            .is_wrong(format!("a stream at {} tells of {data}", looked.cursor));
                    }
                    looked.cursor = head;
                }
                _ => {}
            }
        }
    }
}
