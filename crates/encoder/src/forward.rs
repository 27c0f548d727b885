//! The forward pass: from word pieces to the vectors that the heads score (Devlin et al. 2019, after Vaswani et al. 2017).

use crate::arithmetic::{floats, gelu, norm};
use crate::attention::Attention;
use crate::file::{Layer, Norm, Section, Sections};
use crate::product::{Quantised, STEP, Step, Sums, linear};
use crate::scores::{HeadScores, settle};
use crate::windows::Window;

/// Windows that are read together, so that weights, once in the cache, are used for many rows; and buffers to do so.
///
/// Windows do not see each other, and rows are quantised one by one: how many are read together changes no result.
#[derive(Debug)]
pub(crate) struct Pass<'p> {
    pub bytes: &'p [u8],
    pub sections: &'p Sections,
    pub windows: &'p [Window],
    /// Where the scores of the windows' tokens go.
    pub heads: &'p mut [HeadScores],
    pub buffers: &'p mut Buffers,
}

/// What a pass works with; the next one uses the same memory.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    /// A row for each piece.
    rows: Vec<f32>,
    /// Numbers of the rows that still change, in order: all, after the exit those that are not settled there, and in the
    /// last layer those that tokens are labelled from.
    open: Vec<usize>,
    /// Those rows.
    open_rows: Vec<f32>,
    quantised: Quantised,
    /// A row for each open one.
    queries: Vec<f32>,
    /// Keys and values, a row a piece.
    keys_values: Vec<f32>,
    /// What each open piece has gathered from all of its window.
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
        heads,
        buffers,
    } = work;
    let hidden = sections.sizes.hidden;
    buffers.rows.clear();
    for window in windows.iter() {
        embed(bytes, sections, window, &mut buffers.rows);
    }
    buffers.take_norm(bytes, &sections.norm);
    norm(&mut buffers.rows, &buffers.weight, &buffers.bias);
    buffers.open.clear();
    buffers.open.extend(0..buffers.rows.len() / hidden);
    for (number, layer) in sections.layers.iter().enumerate() {
        if let Some(exit) = sections.exit.filter(|exit| exit.after == number) {
            let threshold = exit.threshold;
            settle(
                windows,
                &buffers.rows,
                hidden,
                threshold,
                heads,
                &mut buffers.open,
            );
        }
        if number + 1 == sections.layers.len() {
            keep_labelled(windows, &mut buffers.open);
        }
        if buffers.open.is_empty() {
            return;
        }
        buffers.layer(bytes, layer, windows, hidden, &tile);
    }
    let rows = buffers
        .open
        .iter()
        .zip(buffers.open_rows.chunks_exact(hidden));
    let mut rows = rows.peekable();
    for (row, token) in labelled(windows) {
        // What is settled has its scores.
        if let Some((_, row)) = rows.next_if(|(open, _)| **open == row) {
            for head in heads.iter_mut() {
                head.finish(token, row);
            }
        }
    }
}

/// The tokens that windows label, each with the number of its first row.
fn labelled(windows: &[Window]) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    windows.iter().flat_map(move |window| {
        let first = start;
        start += window.ids.len();
        window
            .tokens
            .iter()
            .map(move |&(token, piece)| (first + piece, token))
    })
}

/// Of the open rows, leaves those that tokens are labelled from.
fn keep_labelled(windows: &[Window], open: &mut Vec<usize>) {
    let mut labelled = labelled(windows).map(|(row, _)| row).peekable();
    open.retain(|&row| {
        while labelled.next_if(|&first| first < row).is_some() {}
        labelled.peek() == Some(&row)
    });
}

impl Buffers {
    /// Takes the open rows through a layer. The others give keys and values to them, as they are.
    #[inline(always)]
    fn layer(
        &mut self,
        bytes: &[u8],
        layer: &Layer,
        windows: &[Window],
        hidden: usize,
        tile: &impl Fn(&[Step], &[[u8; STEP]]) -> Sums,
    ) {
        let all = self.rows.len() / hidden;
        let keys_values = layer.attention.outputs(bytes, hidden..3 * hidden);
        self.quantised.set(&self.rows, hidden);
        linear(&self.quantised, &keys_values, tile, &mut self.keys_values);
        self.open_rows.clear();
        for &row in &self.open {
            let row = &self.rows[row * hidden..][..hidden];
            self.open_rows.extend_from_slice(row);
        }
        if self.open.len() < all {
            self.quantised.set(&self.open_rows, hidden);
        }
        let queries = layer.attention.outputs(bytes, 0..hidden);
        linear(&self.quantised, &queries, tile, &mut self.queries);
        self.attend(windows, hidden);
        self.quantised.set(&self.context, hidden);
        linear(
            &self.quantised,
            &layer.output.of(bytes),
            tile,
            &mut self.output,
        );
        self.add_output(bytes, &layer.attention_norm);
        self.quantised.set(&self.open_rows, hidden);
        linear(
            &self.quantised,
            &layer.inner.of(bytes),
            tile,
            &mut self.inner,
        );
        gelu(&mut self.inner);
        let inner = layer.inner.width();
        self.quantised
            .set(&self.inner[..self.open.len() * inner], inner);
        linear(
            &self.quantised,
            &layer.outer.of(bytes),
            tile,
            &mut self.output,
        );
        self.add_output(bytes, &layer.norm);
        for (&row, changed) in self.open.iter().zip(self.open_rows.chunks_exact(hidden)) {
            self.rows[row * hidden..][..hidden].copy_from_slice(changed);
        }
    }

    /// What the open pieces of each window gather from all of its pieces.
    #[inline(always)]
    fn attend(&mut self, windows: &[Window], hidden: usize) {
        self.context.clear();
        let (mut start, mut first) = (0, 0);
        for window in windows {
            let end = start + window.ids.len();
            let next = first + self.open[first..].partition_point(|&row| row < end);
            self.attention.add_context(
                &self.queries[hidden * first..hidden * next],
                &self.keys_values[2 * hidden * start..2 * hidden * end],
                hidden,
                &mut self.context,
            );
            (start, first) = (end, next);
        }
    }

    /// Adds a product's outputs to the open rows, and normalises these again.
    #[inline(always)]
    fn add_output(&mut self, bytes: &[u8], of: &Norm) {
        for (x, y) in self.open_rows.iter_mut().zip(&self.output) {
            *x += y;
        }
        self.take_norm(bytes, of);
        norm(&mut self.open_rows, &self.weight, &self.bias);
    }

    /// Takes a norm's weights from the file.
    #[inline(always)]
    fn take_norm(&mut self, bytes: &[u8], of: &Norm) {
        self.weight.clear();
        self.weight.extend(floats(&bytes[of.weight.clone()]));
        self.bias.clear();
        self.bias.extend(floats(&bytes[of.bias.clone()]));
    }
}

/// The sum of each piece's embeddings: of its word, its position, its case and its place among quotation marks.
#[inline(always)]
fn embed(bytes: &[u8], sections: &Sections, window: &Window, rows: &mut Vec<f32>) {
    let hidden = sections.sizes.hidden;
    // Numbers come from the vocabulary and from enums, and windows are short; a number that a table lacks adds nothing.
    let row = |table: &Section, number: usize, size: usize| {
        let table = &bytes[table.clone()];
        table
            .get(number * size..(number + 1) * size)
            .unwrap_or_default()
    };
    let pieces = window.ids.iter().zip(&window.cases).zip(&window.places);
    for (position, ((&id, &case), &place)) in pieces.enumerate() {
        let start = rows.len();
        rows.resize(start + hidden, 0.0);
        let into = &mut rows[start..];
        let scale = floats(row(&sections.word_scales, id.into(), 4)).next();
        let scale = scale.unwrap_or_default();
        for (x, &w) in into.iter_mut().zip(row(&sections.words, id.into(), hidden)) {
            *x = f32::from(w as i8) * scale;
        }
        for (table, number) in [
            (&sections.positions, position),
            (&sections.cases, case.into()),
            (&sections.places, place.into()),
        ] {
            for (x, y) in into.iter_mut().zip(floats(row(table, number, 4 * hidden))) {
                *x += y;
            }
        }
    }
}
