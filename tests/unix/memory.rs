//! Little memory, and input that unpacks to much.

use super::record;
use crate::tool::{file, shell};
use std::io::Write;

#[test]
fn too_little_memory_is_an_error_and_never_changes_the_output() {
    let text = record(1).replace("Nobody", &"“So be it”, Zoë said. ".repeat(15_000));
    let input = file(
        "little-memory.jsonl",
        format!("{}\n{text}\n{}\n", record(0), record(2)),
    );
    let input = input.display();
    // KiB of address space in which each tool just starts (measured on x86-64), and multiples of it.
    for (tool, least) in [
        ("segment", 14_000),
        ("summarize", 28_000),
        ("entities --model fast", 48_000),
        ("quotes --model fast", 55_000),
    ] {
        let whole = shell(&format!("{tool} --jobs 2 {input}"));
        assert_eq!((whole.code, whole.lines().len()), (Some(0), 3));
        let mut codes = Vec::new();
        for kilobytes in [1.0, 1.2, 1.4, 1.7, 2.5, 5.0, 50.0].map(|f| (f * f64::from(least)) as u64)
        {
            let ran = shell(&format!(
                "ulimit -v {kilobytes}; exec {tool} --jobs 2 {input}"
            ));
            let lines = ran.stdout.lines().count();
            let complete = whole.stdout.lines().take(lines);
            assert!(ran.stdout.lines().eq(complete), "{tool}, {kilobytes} KiB");
            if ran.code == Some(0) {
                assert_eq!(lines, 3, "{tool}, {kilobytes} KiB");
            } else {
                assert!(
                    !ran.stderr.is_empty(),
                    "{tool}, {kilobytes} KiB: {:?}",
                    ran.code
                );
            }
            codes.push(ran.code);
        }
        assert_eq!(codes.last(), Some(&Some(0)), "{tool}: {codes:?}");
    }
}

#[test]
fn a_compression_bomb_takes_no_memory() {
    const SIZE: usize = 300 << 20;
    // KiB of address space: less than the unpacked input.
    const MOST: usize = 280_000;
    let before = format!("{}\n{{\"text\":\"", record(1));
    let after = format!("\"}}\n{}\n", record(2));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let a = vec![b'a'; 1 << 20];
    gzip.write_all(before.as_bytes()).unwrap();
    for _ in 0..SIZE >> 20 {
        gzip.write_all(&a).unwrap();
    }
    gzip.write_all(after.as_bytes()).unwrap();
    // A frame with a window of 1 MiB, of blocks that repeat a byte 2^17 times (RFC 8878, 3.1.1).
    const BLOCK: usize = 128 << 10;
    let block = |size: usize, kind: usize, last: bool, bytes: &[u8]| {
        let header = size << 3 | kind << 1 | usize::from(last);
        [&header.to_le_bytes()[..3], bytes].concat()
    };
    let mut zstd = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    zstd.extend(block(before.len(), 0, false, before.as_bytes()));
    for _ in 0..SIZE / BLOCK {
        zstd.extend(block(BLOCK, 1, false, b"a"));
    }
    zstd.extend(block(after.len(), 0, true, after.as_bytes()));
    assert!(zstd.len() < 11_000);
    let gzip = file("bomb.gz", gzip.finish().unwrap());
    let zstd = file("bomb.zst", zstd);
    for bomb in [gzip.display(), zstd.display()] {
        for jobs in ["1", "2"] {
            let ran = shell(&format!(
                "ulimit -v {MOST}; exec segment --max-record 1M --jobs {jobs} {bomb}"
            ));
            let messages = &ran.stderr;
            assert_eq!((ran.code, ran.lines().len()), (Some(1), 2), "{messages}");
            let said = format!("segment: {bomb}:2: longer than 1048576 bytes");
            assert!(messages.starts_with(&said), "{messages}");
        }
    }
    // Frames whose header asks for a window of 2 TiB: as the first frame, and after another one.
    let huge = b"\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00";
    let small = b"\x28\xb5\x2f\xfd\x00\x00\x01\x00\x00";
    for frames in [&huge[..], &[&small[..], huge].concat()] {
        let window = file("window.zst", frames);
        let window = window.display();
        let ran = shell(&format!("ulimit -v {MOST}; exec segment {window}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("window"), "{}", ran.stderr);
    }
}
