//! Compressed inputs: what is packed comes out, what is damaged is told, and nothing waits for more than it needs.

use crate::stage::{Kept, Obey, obey, run_all};
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;
use std::os::fd::AsRawFd;
use stream::DiagnosticKind::Unreadable;
use stream::{Framing, Input, Options};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A skippable frame: magic, length, content (RFC 8878, 3.1.2).
const SKIPPABLE: &[u8] = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc";

fn lines() -> Options {
    Options {
        framing: Framing::Lines,
        ..Options::default()
    }
}

fn texts() -> String {
    (0..9_000)
        .map(|n| format!("Line {n}, {}.\n", n * n))
        .collect()
}

/// The lines without their ids, which name the file.
fn without_names(kept: &Kept) -> Vec<&str> {
    kept.lines()
        .iter()
        .map(|line| line.split_once(",\"text\"").unwrap().1)
        .collect()
}

#[test]
fn members_and_frames_are_read_one_after_the_other() {
    let text = texts();
    let plain = obey(&lines(), text.as_bytes());
    assert_eq!(plain.lines().len(), 9_000);
    let (a, b) = text.as_bytes().split_at(text.len() / 2);
    for packed in [
        gzip(text.as_bytes()),
        [gzip(a), gzip(b"")]
            .concat()
            .into_iter()
            .chain(gzip(b))
            .collect(),
        zstd(text.as_bytes()),
        [&zstd(a)[..], SKIPPABLE, &zstd(b), SKIPPABLE].concat(),
    ] {
        let kept = obey(&lines(), &packed);
        assert!(without_names(&kept) == without_names(&plain));
        assert_eq!(kept.summary, plain.summary);
    }
}

#[test]
fn a_damaged_input_is_told_after_what_was_whole() {
    let text = texts();
    // A Zstandard frame is held back by its window, which here is all of it.
    for (packed, least) in [(gzip(text.as_bytes()), 9_000), (zstd(text.as_bytes()), 0)] {
        let mut checksum = packed.clone();
        let near_end = checksum.len() - 5;
        *checksum.last_mut().unwrap() ^= 1;
        checksum[near_end] ^= 1;
        for damaged in [packed[..packed.len() - 7].to_vec(), checksum] {
            let kept = obey(&lines(), &damaged);
            assert_eq!(kept.summary.unreadable, 1);
            assert_eq!(kept.said.len(), 1);
            assert_eq!(kept.said[0].0, Unreadable);
            let whole = kept.lines().len();
            assert!(whole >= least, "{whole}");
        }
    }
}

#[test]
fn a_few_magic_bytes_alone_are_plain_text() {
    for bytes in [&b"\x1f"[..], b"\x28\xb5", b"\x28\xb5\x2f x", b"("] {
        let options = Options {
            lossy: true,
            ..lines()
        };
        let kept = obey(&options, bytes);
        assert_eq!(
            (kept.lines().len(), kept.summary.unreadable),
            (1, 0),
            "{bytes:?}"
        );
    }
}

#[test]
fn live_input_is_not_waited_for() {
    for head in [
        &b"{\"text\":\"a\"}\n"[..],
        &zstd(b"{\"text\":\"a\"}\n"),
        &gzip(b"{\"text\":\"a\"}\n"),
    ] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(head).unwrap();
        let path = format!("/dev/fd/{}", reader.as_raw_fd());
        let options = Options {
            framing: Framing::Records,
            ..Options::default()
        };
        // The first line of output ends the run; it would wait for ever if it waited for more input first.
        let kept = Kept {
            room: Some(0),
            ..Kept::default()
        };
        let ended = run_all(Obey::default(), &options, vec![Input::new(path)], kept);
        assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
        drop(writer);
    }
}
