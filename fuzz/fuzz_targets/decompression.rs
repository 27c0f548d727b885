//! Any bytes after the magic bytes of gzip or Zstandard (the first byte chooses): an error or documents, no panic, and no
//! document over the limit, however large the unpacked input is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stream::{Framing, Options};
use tiny::pass;

const LIMIT: usize = 1000;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else {
        return;
    };
    let magic: &[u8] = if choice & 1 == 0 {
        &[0x1f, 0x8b]
    } else {
        &[0x28, 0xb5, 0x2f, 0xfd]
    };
    let options = Options {
        framing: Framing::Lines,
        max_record: LIMIT,
        lossy: true,
        ..Options::default()
    };
    let kept = pass(&[magic, rest].concat(), &options);
    for line in kept.output.split(|&byte| byte == b'\n') {
        // In JSON a control character takes six bytes, and a byte that is not UTF-8 becomes three.
        assert!(line.len() < 6 * LIMIT + 200);
    }
});
