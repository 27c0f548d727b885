//! Any bytes as an input in any framing: no panic, whole lines, and the same for three jobs as for one. The first byte
//! chooses the options.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stream::{Framing, Options};
use tiny::pass;

const FRAMINGS: [Framing; 5] = [
    Framing::Auto,
    Framing::Records,
    Framing::Text,
    Framing::Lines,
    Framing::Paragraphs,
];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else {
        return;
    };
    let options = Options {
        framing: FRAMINGS[usize::from(choice & 7) % FRAMINGS.len()],
        lossy: choice & 8 != 0,
        keep_rejects: choice & 16 != 0,
        max_record: 64,
        ..Options::default()
    };
    let alone = pass(bytes, &options);
    let lines = std::str::from_utf8(&alone.output).expect("output is UTF-8");
    assert!(lines.is_empty() || lines.ends_with('\n'));
    for line in lines.lines() {
        document::Record::parse(line).expect("every line of output is a record");
    }
    if choice & 32 != 0 {
        assert_eq!(pass(bytes, &Options { jobs: 3, ..options }), alone);
    }
});
