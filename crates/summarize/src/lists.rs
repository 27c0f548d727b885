//! Many short lists in one allocation: a document of half a million sentences has as many lists of words, of terms and of
//! neighbours, and an allocation for each would cost more than what is in it.

/// Lists of `T` by index.
#[derive(Debug, Clone)]
pub(crate) struct Lists<T> {
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
    pub(crate) fn with_capacity(lists: usize, items: usize) -> Self {
        Self {
            ends: Vec::with_capacity(lists),
            items: Vec::with_capacity(items),
        }
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// List `i`; empty where there is none.
    pub(crate) fn of(&self, i: usize) -> &[T] {
        let Some(&end) = self.ends.get(i) else {
            return &[];
        };
        let start = if i > 0 { self.ends[i - 1] } else { 0 };
        &self.items[start..end]
    }

    /// The items of all lists, in order.
    pub(crate) fn all(&self) -> &[T] {
        &self.items
    }

    /// Every list, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[T]> + Clone {
        (0..self.len()).map(|i| self.of(i))
    }

    /// Appends to the open list.
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// The list that is still open.
    pub(crate) fn open(&mut self) -> &mut [T] {
        let start = self.ends.last().copied().unwrap_or(0);
        &mut self.items[start..]
    }

    /// Closes the open list and opens the next.
    pub(crate) fn close(&mut self) {
        self.ends.push(self.items.len());
    }
}

impl<T: Copy + Default> Lists<T> {
    /// So many lists of items that come with the number of their list; each list keeps the order of its items.
    pub(crate) fn sorted(lists: usize, items: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0; lists];
        for (list, _) in items.clone() {
            ends[list as usize] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut sorted = vec![T::default(); before];
        // `ends` holds where each list begins, until all its items are in it.
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
    fn lists_are_closed_one_by_one_or_sorted() {
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
