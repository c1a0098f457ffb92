//! Maps and sets in one shape: the library's take half a kilobyte of wasm to grow, for each type of key and value.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, RandomState};

/// A map that keeps the order in which keys came first.
#[derive(Clone, Debug)]
pub(crate) struct IndexMap<K, V> {
    index: Index,
    entries: Vec<(K, V)>,
}

/// A set that keeps the order in which its members came first.
#[derive(Clone, Debug)]
pub(crate) struct IndexSet<K>(IndexMap<K, ()>);

/// The places of entries by their hashes: open addressing, each place searched from the hash's own on.
#[derive(Clone, Debug, Default)]
struct Index {
    state: RandomState,
    /// Of each entry.
    hashes: Vec<u64>,
    /// A power of two, of which a quarter at least is free: places from 1, or 0.
    slots: Vec<u32>,
}

/// Slots of the first table.
const FIRST: usize = 8;

impl Index {
    /// The place of the entry with this hash that is the one.
    fn find(&self, hash: u64, is: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize;
        loop {
            let place = (*self.slots.get(at & mask)? as usize).checked_sub(1)?;
            if self.hashes.get(place) == Some(&hash) && is(place) {
                return Some(place);
            }
            at = at.wrapping_add(1);
        }
    }

    /// Adds the entry that comes next.
    fn add(&mut self, hash: u64) {
        self.hashes.push(hash);
        if self.hashes.len() > self.slots.len() / 4 * 3 {
            self.slots = vec![0; (self.slots.len() * 2).max(FIRST)];
            (0..self.hashes.len()).for_each(|place| self.put(place));
        } else {
            self.put(self.hashes.len() - 1);
        }
    }

    fn put(&mut self, place: usize) {
        let mask = self.slots.len() - 1;
        let mut at = self.hashes[place] as usize;
        while self.slots[at & mask] != 0 {
            at = at.wrapping_add(1);
        }
        self.slots[at & mask] = place as u32 + 1;
    }
}

impl<K: Hash + Eq, V> IndexMap<K, V> {
    /// An empty one.
    pub(crate) fn new() -> Self {
        IndexMap { index: Index::default(), entries: Vec::new() }
    }

    fn place<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Result<usize, u64>
    where
        K: Borrow<Q>,
    {
        let hash = self.index.state.hash_one(key);
        let is = &mut |place: usize| self.entries.get(place).is_some_and(|(k, _)| k.borrow() == key);
        self.index.find(hash, is).ok_or(hash)
    }

    /// The value of a key.
    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        Some(&self.entries.get(self.place(key).ok()?)?.1)
    }

    /// Whether there is such a key.
    pub(crate) fn contains_key<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Sets the value of a key; gives the one that it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries.get_mut(place)?.1, value)),
            Err(hash) => {
                self.index.add(hash);
                self.entries.push((key, value));
                None
            }
        }
    }

    /// The value of a key, which is made where there is none.
    pub(crate) fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let place = self.place(&key).unwrap_or_else(|hash| {
            self.index.add(hash);
            self.entries.push((key, make()));
            self.entries.len() - 1
        });
        &mut self.entries[place].1
    }

    /// The entries in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The values in their keys' order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes all out.
    pub(crate) fn clear(&mut self) {
        self.retain(|_| false);
    }

    /// Keeps the entries whose keys are to stay: as much work as making the map anew.
    pub(crate) fn retain(&mut self, mut stays: impl FnMut(&K) -> bool) {
        let hashes = std::mem::take(&mut self.index.hashes);
        self.index.slots.clear();
        for (hash, (key, value)) in hashes.into_iter().zip(std::mem::take(&mut self.entries)) {
            if stays(&key) {
                self.index.add(hash);
                self.entries.push((key, value));
            }
        }
    }

    /// Takes a key out, for which the others are moved.
    pub(crate) fn remove(&mut self, key: &K) {
        if self.contains_key(key) {
            self.retain(|other| other != key);
        }
    }
}

impl<K: Hash + Eq> IndexSet<K> {
    /// An empty one.
    pub(crate) fn new() -> Self {
        IndexSet(IndexMap::new())
    }

    /// Adds a member; says whether it is new.
    pub(crate) fn insert(&mut self, member: K) -> bool {
        self.0.insert(member, ()).is_none()
    }

    /// Whether it has such a member.
    pub(crate) fn contains<Q: Hash + Eq + ?Sized>(&self, member: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(member)
    }

    /// The members in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(member, ())| member)
    }

    /// How many members there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<K: Hash + Eq, V> Default for IndexMap<K, V> {
    fn default() -> Self {
        IndexMap::new()
    }
}

impl<K: Hash + Eq> Default for IndexSet<K> {
    fn default() -> Self {
        IndexSet::new()
    }
}

impl<K: Hash + Eq, V> Extend<(K, V)> for IndexMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<K: Hash + Eq, V> IntoIterator for IndexMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<K: Hash + Eq, V: PartialEq> PartialEq for IndexMap<K, V> {
    /// Whatever their order.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<K: Hash + Eq, V: Eq> Eq for IndexMap<K, V> {}

impl<K: Hash + Eq> Extend<K> for IndexSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, members: I) {
        members.into_iter().for_each(|member| _ = self.insert(member));
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for IndexMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = IndexMap::new();
        map.extend(entries);
        map
    }
}

impl<K: Hash + Eq> FromIterator<K> for IndexSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(members: I) -> Self {
        let mut set = IndexSet::new();
        set.extend(members);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_however_many_there_are() {
        let mut map = IndexMap::new();
        for i in 0..1000 {
            assert_eq!(map.insert(i.to_string(), i), None);
            assert_eq!(map.insert(i.to_string(), i + 1), Some(i));
        }
        for i in 0..1000 {
            assert_eq!(map.get(i.to_string().as_str()), Some(&(i + 1)));
        }
        assert_eq!((map.get("1000"), map.len()), (None, 1000));
        assert!(map.iter().map(|(_, v)| *v).eq(1..=1000), "in their order");
    }

    #[test]
    fn what_is_taken_out_is_gone() {
        let mut map: IndexMap<u32, u32> = (0..100).map(|i| (i, i)).collect();
        map.retain(|key| key % 3 == 0);
        map.remove(&3);
        assert!((0..100).all(|i| map.contains_key(&i) == (i % 3 == 0 && i != 3)));
        assert_eq!(*map.or_insert_with(3, || 7), 7);
        assert_eq!(*map.or_insert_with(3, || 8), 7);
    }
}
