//! What kind of saying a quotation is: speech, thought, or neither.
//!
//! The corpora of attributions mark attitudes, plans and acts beside statements (“wants a balance”, “plans to sell”,
//! “endorsed the plan”), and the models that learn from them find those as well as statements. Which is which, a
//! logistic regression decides over the cue, what stands before it, the form of the content and the source. Its weights
//! are learnt from articles in which readers marked statements alone; see the card beside them.

mod cue;
mod features;

use cue::Class;
use document::{Mode, Quote};
use features::Features;
use model::{Error, Format, WordTable};
use std::sync::LazyLock;
use text::Reading;

#[cfg(feature = "training")]
pub(crate) use features::FEATURE_SET;

static BUILT_IN: &[u8] = include_bytes!("../../model/mode.bin");

/// Loaded where a quotation is first judged.
static WEIGHTS: LazyLock<Weights<'static>> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // a build error, which the tests would show
    Weights::read(BUILT_IN).expect("the built-in weights fit this version")
});

/// The mode of a quotation that a model found; `None` where it is an attitude, a plan or an act.
pub(crate) fn mode(reading: &Reading<'_>, quote: &Quote, accurate: bool) -> Option<Mode> {
    let features = Features::new(reading, quote, accurate);
    let sum: f32 = features.hashes.iter().map(|&f| WEIGHTS.get(f)).sum();
    let thought = features
        .head
        .is_some_and(|head| head.class == Class::Thought);
    (sum > 0.0 || features.is_denial()).then_some(if thought {
        Mode::Thought
    } else {
        Mode::Speech
    })
}

/// The features that [`mode`] looks at.
#[cfg(feature = "training")]
pub(crate) fn features(reading: &Reading<'_>, quote: &Quote, accurate: bool) -> Vec<u64> {
    Features::new(reading, quote, accurate).hashes
}

/// The features of a quotation that no model found, and whether it is a statement as far as the list of cues can tell.
#[cfg(feature = "training")]
pub(crate) fn listed(reading: &Reading<'_>, quote: &Quote) -> Option<(Vec<u64>, bool)> {
    let features = Features::new(reading, quote, false);
    let statement = features.by_list()?;
    Some((features.hashes, statement))
}

const FORMAT: Format = Format {
    name: "weights of modes",
    magic: b"NTQMODES",
    version: 1,
};

/// The weight of each feature, a number of 4 bytes; in a file after the header, see [`Format`] and [`WordTable`].
struct Weights<'m> {
    table: WordTable<'m, 4, 4>,
}

impl<'m> Weights<'m> {
    fn read(bytes: &'m [u8]) -> Result<Self, Error> {
        let mut reader = FORMAT.read(bytes, features::FEATURE_SET)?;
        let table = WordTable::read(&mut reader)?;
        reader.end()?;
        Ok(Self { table })
    }

    /// 0 for a feature that was not learnt.
    fn get(&self, feature: u64) -> f32 {
        self.table
            .get(feature)
            .map_or(0.0, |&bytes| f32::from_le_bytes(bytes))
    }
}

/// The file of these weights.
#[cfg(feature = "training")]
pub(crate) fn pack(weights: impl IntoIterator<Item = (u64, f32)>) -> Vec<u8> {
    let weights = weights.into_iter();
    let table: WordTable<'_, 4, 4> =
        WordTable::new(weights.map(|(feature, weight)| (feature, weight.to_le_bytes())));
    FORMAT.pack(FEATURE_SET, &table.pack())
}
