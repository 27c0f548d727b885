//! The forward pass: from word pieces to the vectors that the heads score (Devlin et al. 2019, after Vaswani et al. 2017).

use crate::arithmetic::{floats, gelu, norm};
use crate::attention::Attention;
use crate::file::{Norm, Section, Sections};
use crate::product::{Quantised, STEP, Step, Sums, linear};
use crate::windows::Window;

/// Windows to be read together, so that weights that came from memory are used for many rows; and the room to do so.
///
/// Windows do not see each other, and rows are quantised one by one: how many are read together changes no result.
#[derive(Debug)]
pub(crate) struct Pass<'p> {
    pub bytes: &'p [u8],
    pub sections: &'p Sections,
    pub windows: &'p [Window],
    pub room: &'p mut Room,
}

/// What a pass works with, kept for the next.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// A row for each piece; at the end one for each token that is labelled from these windows, in order.
    pub rows: Vec<f32>,
    quantised: Quantised,
    /// Queries, keys and values, a row a piece.
    projected: Vec<f32>,
    /// What each piece has gathered from the others.
    context: Vec<f32>,
    output: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Reads the windows.
#[inline(always)]
pub(crate) fn pass(work: &mut Pass, tile: impl Fn(&[Step], &[[u8; STEP]]) -> Sums) {
    let Pass {
        bytes,
        sections,
        windows,
        room,
    } = work;
    let (hidden, inner) = (sections.sizes.hidden, sections.sizes.inner);
    room.rows.clear();
    for window in windows.iter() {
        embed(bytes, sections, window, &mut room.rows);
    }
    room.norm(bytes, &sections.norm);
    for (number, layer) in sections.layers.iter().enumerate() {
        // Of the last layer, only the rows that are labelled are of use.
        let is_last = number + 1 == sections.layers.len();
        room.quantised.set(&room.rows, hidden);
        linear(
            &room.quantised,
            &layer.attention.of(bytes),
            &tile,
            &mut room.projected,
        );
        room.context.clear();
        let mut start = 0;
        for window in windows.iter() {
            let end = start + window.ids.len();
            let rows = &room.projected[3 * hidden * start..3 * hidden * end];
            if is_last {
                let pieces = window.tokens.iter().map(|&(_, piece)| piece);
                room.attention.of(rows, hidden, pieces, &mut room.context);
            } else {
                room.attention
                    .of(rows, hidden, 0..window.ids.len(), &mut room.context);
            }
            start = end;
        }
        if is_last {
            keep_labelled(windows, hidden, &mut room.rows);
        }
        room.quantised.set(&room.context, hidden);
        linear(
            &room.quantised,
            &layer.output.of(bytes),
            &tile,
            &mut room.output,
        );
        room.add_output();
        room.norm(bytes, &layer.attention_norm);
        room.quantised.set(&room.rows, hidden);
        linear(
            &room.quantised,
            &layer.inner.of(bytes),
            &tile,
            &mut room.inner,
        );
        gelu(&mut room.inner);
        room.quantised.set(&room.inner, inner);
        linear(
            &room.quantised,
            &layer.outer.of(bytes),
            &tile,
            &mut room.output,
        );
        room.add_output();
        room.norm(bytes, &layer.norm);
    }
}

impl Room {
    #[inline(always)]
    fn add_output(&mut self) {
        for (x, y) in self.rows.iter_mut().zip(&self.output) {
            *x += y;
        }
    }

    #[inline(always)]
    fn norm(&mut self, bytes: &[u8], of: &Norm) {
        self.weight.clear();
        self.weight.extend(floats(&bytes[of.weight.clone()]));
        self.bias.clear();
        self.bias.extend(floats(&bytes[of.bias.clone()]));
        norm(&mut self.rows, &self.weight, &self.bias);
    }
}

/// The sum of each piece's embeddings: its word's, its place's, its case's and its state's.
#[inline(always)]
fn embed(bytes: &[u8], sections: &Sections, window: &Window, rows: &mut Vec<f32>) {
    let hidden = sections.sizes.hidden;
    // Numbers come from the vocabulary and from enums, and windows are short; what a table lacks adds nothing.
    let row = |table: &Section, number: usize, size: usize| {
        let table = &bytes[table.clone()];
        table
            .get(number * size..(number + 1) * size)
            .unwrap_or_default()
    };
    let pieces = window.ids.iter().zip(&window.cases).zip(&window.states);
    for (place, ((&id, &case), &state)) in pieces.enumerate() {
        let start = rows.len();
        rows.resize(start + hidden, 0.0);
        let into = &mut rows[start..];
        let scale = floats(row(&sections.word_scales, id.into(), 4)).next();
        let scale = scale.unwrap_or_default();
        for (x, &w) in into.iter_mut().zip(row(&sections.words, id.into(), hidden)) {
            *x = f32::from(w as i8) * scale;
        }
        for (table, number) in [
            (&sections.positions, place),
            (&sections.cases, case.into()),
            (&sections.states, state.into()),
        ] {
            for (x, y) in into.iter_mut().zip(floats(row(table, number, 4 * hidden))) {
                *x += y;
            }
        }
    }
}

/// Leaves the rows of the pieces that tokens are labelled from.
fn keep_labelled(windows: &[Window], hidden: usize, rows: &mut Vec<f32>) {
    let (mut start, mut kept) = (0, 0);
    for window in windows {
        for &(_, piece) in &window.tokens {
            let from = (start + piece) * hidden;
            rows.copy_within(from..from + hidden, kept);
            kept += hidden;
        }
        start += window.ids.len();
    }
    rows.truncate(kept);
}
