//! Connections by key. A key is good for one connection only: whatever still names one that is gone finds nothing.

/// Where a connection is, and which one of those that were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    index: u32,
    generation: u32,
}

impl Key {
    /// As epoll carries it.
    pub(super) fn to_u64(self) -> u64 {
        u64::from(self.generation) << 32 | u64::from(self.index)
    }

    /// See [`Key::to_u64`].
    pub(super) fn from_u64(carried: u64) -> Self {
        Self {
            index: carried as u32,
            generation: (carried >> 32) as u32,
        }
    }
}

#[derive(Debug)]
struct Place<T> {
    generation: u32,
    value: Option<T>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Slab<T> {
    places: Vec<Place<T>>,
    free: Vec<u32>,
}

impl<T> Slab<T> {
    pub(super) fn new() -> Self {
        Self {
            places: Vec::new(),
            free: Vec::new(),
        }
    }

    pub(super) fn insert(&mut self, value: T) -> Key {
        let index = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place {
                generation: 0,
                value: None,
            });
            self.places.len() as u32 - 1
        });
        let place = &mut self.places[index as usize];
        place.value = Some(value);
        Key {
            index,
            generation: place.generation,
        }
    }

    pub(super) fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let place = self.places.get_mut(key.index as usize)?;
        place.value.as_mut().filter(|_| place.generation == key.generation)
    }

    pub(super) fn remove(&mut self, key: Key) -> Option<T> {
        let place = self.places.get_mut(key.index as usize)?;
        let value = place.value.take_if(|_| place.generation == key.generation)?;
        place.generation = place.generation.wrapping_add(1);
        self.free.push(key.index);
        Some(value)
    }

    /// How many places there are, taken or free.
    pub(super) fn places(&self) -> usize {
        self.places.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.free.len() == self.places.len()
    }

    /// What is at a place.
    pub(super) fn at(&mut self, index: usize) -> Option<(Key, &mut T)> {
        let place = self.places.get_mut(index)?;
        let key = Key {
            index: index as u32,
            generation: place.generation,
        };
        Some((key, place.value.as_mut()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_one_value_for_ever() {
        let mut slab = Slab::new();
        let (first, second) = (slab.insert("first"), slab.insert("second"));
        assert_eq!(slab.remove(first), Some("first"));
        let third = slab.insert("third");
        assert_eq!(slab.places(), 2, "the place is used again");
        assert_eq!(slab.get_mut(first), None);
        assert_eq!(slab.remove(first), None);
        assert_eq!(slab.get_mut(Key::from_u64(third.to_u64())), Some(&mut "third"));
        assert_eq!(slab.at(1), Some((second, &mut "second")));
        assert!(!slab.is_empty());
        slab.remove(second);
        slab.remove(third);
        assert!(slab.is_empty() && slab.at(0).is_none());
    }
}
