//! Compressed inputs: what is packed comes out, damage is reported, and nothing waits for more input than it needs.

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

/// Lines that came out before the one error that was reported.
fn whole_before_damage(damaged: &[u8], plain: &Kept) -> usize {
    let kept = obey(&lines(), damaged);
    assert_eq!(kept.summary.unreadable, 1);
    assert_eq!(kept.said.len(), 1);
    assert_eq!(kept.said[0].0, Unreadable);
    let whole = without_names(&kept);
    assert!(whole == without_names(plain)[..whole.len()]);
    whole.len()
}

#[test]
fn a_damaged_input_is_reported_after_its_whole_lines() {
    let text = texts();
    let plain = obey(&lines(), text.as_bytes());
    let (gzip, zstd) = (gzip(text.as_bytes()), zstd(text.as_bytes()));
    // A Zstandard frame is one of blocks of 128 KiB; the last has the checksum behind it.
    let first_block = text[..128 << 10].lines().count() - 1;
    assert!(first_block > 5_000);
    for (packed, cut, least) in [
        (&gzip, 7, 9_000),
        (&zstd, 1, 9_000),
        (&zstd, 4, 9_000),
        (&zstd, 5, first_block),
        (&zstd, 100, first_block),
    ] {
        let whole = whole_before_damage(&packed[..packed.len() - cut], &plain);
        assert!(whole >= least, "{whole} without the last {cut} bytes");
    }
    for packed in [&gzip, &zstd] {
        let mut wrong = packed.clone();
        *wrong.last_mut().unwrap() ^= 1; // of gzip's length, of Zstandard's checksum
        assert_eq!(whole_before_damage(&wrong, &plain), 9_000);
    }
}

#[test]
fn an_input_cut_off_anywhere_is_reported_after_its_whole_lines() {
    let text: String = texts()
        .lines()
        .take(60)
        .map(|l| l.to_owned() + "\n")
        .collect();
    let plain = obey(&lines(), text.as_bytes());
    let (a, b) = text.as_bytes().split_at(text.len() / 2);
    for (first, second) in [(gzip(a), gzip(b)), (zstd(a), zstd(b))] {
        let packed = [&first[..], &second].concat();
        let mut before = 0;
        for cut in (4..packed.len()).step_by(5).filter(|n| *n != first.len()) {
            let whole = whole_before_damage(&packed[..cut], &plain);
            assert!(whole >= before, "{whole} at {cut}, {before} earlier");
            before = whole;
        }
        assert!(before > 30);
    }
}

/// A Zstandard frame without checksum, of a window of 1 MiB (RFC 8878, 3.1.1).
fn frame(blocks: &[(u8, &[u8])]) -> Vec<u8> {
    let mut frame = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    for (n, (kind, bytes)) in blocks.iter().enumerate() {
        let last = usize::from(n + 1 == blocks.len());
        let header = last | usize::from(*kind) << 1 | bytes.len() << 3;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.extend_from_slice(bytes);
    }
    frame
}

#[test]
fn a_frame_with_a_damaged_block_gives_those_before() {
    const RAW: u8 = 0;
    const RESERVED: u8 = 3;
    let (a, b) = (b"One.\nTwo.\nTh", b"ree.\nFour.\n");
    let plain = obey(&lines(), &[&a[..], b].concat());
    let whole = frame(&[(RAW, a), (RAW, b)]);
    assert!(without_names(&obey(&lines(), &whole)) == without_names(&plain));
    assert_eq!(whole_before_damage(&whole[..whole.len() - 1], &plain), 2);
    assert_eq!(
        whole_before_damage(&frame(&[(RAW, a), (RESERVED, b)]), &plain),
        2
    );
    // The next frame begins with other bytes than it should.
    let noise = [&whole[..], b"noise"].concat();
    assert_eq!(whole_before_damage(&noise, &plain), 4);
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
