//! Hard cases of news text, from `newscases.txt`.

use segment::Segmenter;

const CASES: &str = include_str!("newscases.txt");

/// The text of a case, its sentences and its metadata.
fn read(case: &str) -> (String, Vec<String>, Vec<String>) {
    let (mut text, mut sentences, mut metadata) = (String::new(), vec![String::new()], Vec::new());
    let mut aside = false;
    for c in case.trim().chars() {
        let (written, ends) = match c {
            '|' => ("", true),
            '¶' => ("\n\n", true),
            '⇣' => ("\n", true),
            '⏎' => ("\n", false),
            '{' | '}' => {
                aside = c == '{';
                if aside {
                    metadata.push(String::new());
                }
                continue;
            }
            _ => {
                let mut buffer = [0; 4];
                let written: &str = c.encode_utf8(&mut buffer);
                text.push_str(written);
                if aside {
                    metadata.last_mut()
                } else {
                    sentences.last_mut()
                }
                .expect("never empty")
                .push_str(written);
                continue;
            }
        };
        text.push_str(written);
        if ends {
            sentences.push(String::new());
        } else {
            sentences.last_mut().expect("never empty").push_str(written);
        }
    }
    let trimmed = |all: Vec<String>| -> Vec<String> {
        let all = all.iter().map(|s| s.trim().to_owned());
        all.filter(|s| !s.is_empty()).collect()
    };
    (text, trimmed(sentences), trimmed(metadata))
}

fn cases() -> impl Iterator<Item = &'static str> {
    CASES
        .split("\n---")
        .skip(1)
        .map(|case| case.split_once('\n').expect("a case has a line").1)
}

#[test]
fn every_case_is_split_as_written() {
    let segmenter = Segmenter::new();
    let mut wrong = Vec::new();
    for case in cases() {
        let (text, sentences, metadata) = read(case);
        let found = segmenter.segment(&segment::Input::new(&text));
        let slices: Vec<&str> = found.sentences.iter().map(|s| &text[s.span]).collect();
        let aside: Vec<&str> = found.metadata.iter().map(|m| &text[m.span]).collect();
        if slices != sentences || aside != metadata {
            wrong.push(format!("{case}\n  found {slices:#?} {aside:?}"));
        }
    }
    assert!(cases().count() >= 60);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// However a text is cut into reads, the stream finds the sentences of the whole.
#[test]
fn a_stream_finds_the_sentences_of_the_whole() {
    let segmenter = Segmenter::new();
    let text: String = cases()
        .map(|case| read(case).0 + "\n\n")
        .collect::<String>()
        .repeat(40);
    assert!(text.len() > 3 * (64 << 10));
    let joined = text.replace("\n\n", " ");
    for text in [text.as_str(), joined.as_str()] {
        let whole: Vec<&str> = segmenter.sentences(text).map(|span| &text[span]).collect();
        for size in [1000, 4096, 70_001, text.len()] {
            let mut stream = segmenter.stream();
            let (mut buffer, mut found, mut read) = (String::new(), Vec::new(), 0);
            while read < text.len() {
                let end = text.ceil_char_boundary((read + size).min(text.len()));
                buffer.push_str(&text[read..end]);
                read = end;
                while let Some(piece) = stream.next(&buffer, read == text.len()) {
                    found.extend(piece.sentences.map(|span| buffer[span].to_owned()));
                    buffer.drain(..piece.len);
                }
            }
            assert_eq!(found, whole, "reads of {size} bytes");
        }
    }
}
