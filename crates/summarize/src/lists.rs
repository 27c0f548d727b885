//! Many short lists in one run of memory: a document of half a million sentences has as many lists of words, of terms
//! and of neighbours, and an allocation for each would cost more than what is in it.

/// Lists of `T` by index.
#[derive(Debug, Clone)]
pub struct Lists<T> {
    /// Where each list ends.
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Lists<T> {
    /// Room for so many lists and items.
    pub fn with_capacity(lists: usize, items: usize) -> Self {
        Self {
            ends: Vec::with_capacity(lists),
            items: Vec::with_capacity(items),
        }
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// List `i`; empty where there is none.
    pub fn of(&self, i: usize) -> &[T] {
        let Some(&end) = self.ends.get(i) else {
            return &[];
        };
        let start = if i > 0 { self.ends[i - 1] } else { 0 };
        &self.items[start..end]
    }

    /// What all lists have, in their order.
    pub fn all(&self) -> &[T] {
        &self.items
    }

    /// Every list, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> + Clone {
        (0..self.len()).map(|i| self.of(i))
    }

    /// Appends to the list that is being made.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// The list that is being made.
    pub fn open(&mut self) -> &mut [T] {
        let start = self.ends.last().copied().unwrap_or(0);
        &mut self.items[start..]
    }

    /// Ends the list that is being made.
    pub fn close(&mut self) {
        self.ends.push(self.items.len());
    }
}

impl<T: Copy + Default> Lists<T> {
    /// `lists` lists of the items, each in the one of its number, in the order in which they come.
    pub fn sorted(lists: usize, items: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0; lists];
        for (list, _) in items.clone() {
            ends[list as usize] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut sorted = vec![T::default(); before];
        // What was a list's beginning is its end once all is in it.
        for (list, item) in items {
            let at = &mut ends[list as usize];
            sorted[*at] = item;
            *at += 1;
        }
        Self {
            ends,
            items: sorted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_made_one_by_one_or_sorted() {
        let mut lists = Lists::default();
        lists.push('a');
        lists.push('b');
        lists.close();
        lists.close();
        lists.push('c');
        lists.close();
        assert_eq!(lists.of(0), ['a', 'b']);
        assert_eq!((lists.of(1), lists.of(2)), (&[][..], &['c'][..]));
        assert!(lists.of(3).is_empty());
        let items = [(2, 'a'), (0, 'b'), (2, 'c')];
        let sorted = Lists::sorted(4, items.into_iter());
        let all: Vec<&[char]> = sorted.iter().collect();
        assert_eq!(all, [&['b'][..], &[], &['a', 'c'], &[]]);
    }
}
