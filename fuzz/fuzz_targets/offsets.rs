//! Bytes to code points and back, compared with the slow way of the standard library.
#![no_main]

use document::Offsets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let offsets = Offsets::new(text);
    for byte in 0..=text.len() + 2 {
        let expected = text.get(..byte).map(|head| head.chars().count());
        assert_eq!(offsets.to_code_points(byte), expected, "byte {byte}");
    }
    let length = text.chars().count();
    for (point, (byte, _)) in text.char_indices().enumerate() {
        assert_eq!(offsets.to_bytes(point), Some(byte));
    }
    assert_eq!(offsets.to_bytes(length), Some(text.len()));
    assert_eq!(offsets.to_bytes(length + 1), None);
    assert_eq!(offsets.to_bytes(usize::MAX), None);
});
