//! A plain text that is printed piece by piece.

use crate::stage::{Kept, Obey, run};
use stream::{Framing, Options, Output};

fn pieces(bytes: &[u8], lossy: bool) -> Kept {
    let options = Options {
        framing: Framing::Text,
        output: Output::Printed,
        max_record: 1000,
        lossy,
        keep_rejects: true,
        ..Options::default()
    };
    let in_pieces = || Obey {
        in_pieces: true,
        ..Obey::default()
    };
    run(in_pieces, &options, bytes)
}

/// More than a read, so that characters stand across two.
fn words() -> String {
    (0..30_000).map(|n| format!("é{n}日本 ")).collect()
}

#[test]
fn a_long_text_is_printed_whole_and_is_one_document() {
    let text = words();
    let kept = pieces(text.as_bytes(), false);
    let lines = kept.lines();
    assert_eq!(lines[0], "FIRST");
    assert!(lines[1..].iter().copied().eq(text.split_whitespace()));
    assert_eq!((kept.summary.documents, kept.summary.bad), (1, 0));
    assert_eq!(kept.summary.bytes, text.len() as u64);
}

#[test]
fn what_is_no_utf8_ends_the_text_where_it_stands() {
    let text = words();
    // In the first piece, in a later one, and a character cut off by the end.
    for at in [3, text.len() / 2, text.len() - 2] {
        let mut bytes = text.clone().into_bytes();
        let at = text.floor_char_boundary(at);
        bytes[at] = 0xff;
        let kept = pieces(&bytes, false);
        assert_eq!(
            kept.messages(),
            [format!("invalid UTF-8 at byte {}", at + 1)]
        );
        let before = &text[..at];
        let printed = kept.lines().len();
        assert!(printed <= before.split_whitespace().count() + 1);
        let whole = before.split_whitespace();
        assert!(
            kept.lines()
                .iter()
                .skip(1)
                .copied()
                .eq(whole.take(printed.saturating_sub(1)))
        );
        let rejected = kept.rejects.len();
        assert!(
            rejected > 0
                && kept.rejects[..] == bytes[kept.summary.bytes as usize - rejected..][..rejected]
        );

        let lossy = pieces(&bytes, true);
        assert_eq!(lossy.summary.bad, 0);
        let replaced = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            lossy.lines()[1..]
                .iter()
                .copied()
                .eq(replaced.split_whitespace())
        );
    }
    let cut = pieces(&text.as_bytes()[..text.len() - 2], false);
    let at = text.trim_end().char_indices().next_back().unwrap().0;
    assert_eq!(
        cut.messages(),
        [format!("invalid UTF-8 at byte {}", at + 1)]
    );
}

#[test]
fn a_panic_in_a_piece_is_reported() {
    let kept = pieces(b"one panic two", false);
    assert_eq!(kept.messages(), ["internal error: on request"]);
    assert_eq!(kept.summary.bad, 1);
}

#[test]
fn a_character_that_a_read_cuts_off_is_not_replaced() {
    // Wherever the reads fall within a character.
    for shift in 0..12 {
        let text = "a".repeat(shift) + &words();
        let mut bytes = text.into_bytes();
        bytes[100] = 0xff; // in a read that goes on after it
        let lossy = pieces(&bytes, true);
        let replaced = String::from_utf8_lossy(&bytes).into_owned();
        let words = replaced.split_whitespace();
        assert!(lossy.lines()[1..].iter().copied().eq(words), "{shift}");
    }
}
