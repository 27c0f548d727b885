//! Inputs one after the other, threads, order, and how a run ends.

use crate::stage::{BY, Kept, Obey, file, run_all};
use document::{Annotation, Document, DocumentError, Provenance};
use proptest::prelude::*;
use std::collections::HashSet;
use std::io::{ErrorKind, Write};
use std::os::fd::AsRawFd;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::ThreadId;
use std::time::{Duration, Instant};
use stream::DiagnosticKind::{BadRecord, Unreadable};
use stream::{Diagnostic, Framing, Input, Options, Stage, Verdict};

fn jobs(jobs: usize) -> Options {
    Options {
        framing: Framing::Records,
        jobs,
        ..Options::default()
    }
}

#[test]
fn an_input_is_called_by_its_path_and_stdin_a_dash() {
    assert_eq!(Input::new("-"), Input::Stdin);
    assert_eq!(&*Input::new("-").name(), "-");
    assert_eq!(&*Input::new("a/b").name(), "a/b");
    let mut said = Diagnostic {
        kind: BadRecord,
        source: "a".into(),
        line: Some(3),
        message: "odd".to_owned(),
    };
    assert_eq!(said.to_string(), "a:3: odd");
    said.line = None;
    assert_eq!(said.to_string(), "a: odd");
}

#[test]
fn an_input_that_cannot_be_read_leaves_the_others_alone() {
    for n in [1, 3] {
        let inputs = vec![
            file(b"{\"text\":\"a\"}"),
            Input::new("/nowhere/at/all"),
            Input::new(std::env::temp_dir()),
            file(b"{\"text\":\"b\"}"),
        ];
        let kept = run_all(Obey::default(), &jobs(n), inputs, Kept::default()).unwrap();
        assert_eq!(kept.lines().len(), 2);
        assert_eq!(
            kept.said,
            [
                (Unreadable, "No such file or directory".to_owned()),
                (Unreadable, "Is a directory".to_owned())
            ]
        );
        assert_eq!((kept.summary.unreadable, kept.summary.bad), (2, 0));
    }
}

#[test]
fn the_first_bad_document_ends_a_run_with_on_error_fail() {
    let input = b"{\"text\":\"a\"}\n[]\n{\"text\":\"b\"}\n[]\n";
    for n in [1, 3] {
        let options = Options {
            stop_at_first: true,
            ..jobs(n)
        };
        let obey = Obey {
            finish: Some("never\n"),
            ..Obey::default()
        };
        let kept = run_all(obey, &options, vec![file(input)], Kept::default()).unwrap();
        assert_eq!((kept.lines().len(), kept.summary.bad), (1, 1));
        assert_eq!(kept.messages(), ["2: not a JSON object"]);
        let inputs = vec![Input::new("/nowhere"), file(input)];
        let kept = run_all(Obey::default(), &options, inputs, Kept::default()).unwrap();
        assert_eq!((kept.output.as_str(), kept.summary.unreadable), ("", 1));
        // Such a record is not written: it did not go on.
        let panics = vec![file(b"{\"text\":\"panic\"}\n")];
        let kept = run_all(Obey::default(), &options, panics, Kept::default()).unwrap();
        assert_eq!((kept.output.as_str(), kept.summary.bad), ("", 1));
    }
}

#[test]
fn a_sink_that_fails_ends_the_run_though_input_waits() {
    for n in [1, 3] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(b"{\"text\":\"a\"}\n").unwrap();
        let inputs = vec![Input::new(format!("/dev/fd/{}", reader.as_raw_fd()))];
        let full = Kept {
            room: Some(0),
            ..Kept::default()
        };
        let ended = run_all(Obey::default(), &jobs(n), inputs, full);
        assert_eq!(ended.unwrap_err().kind(), ErrorKind::BrokenPipe);
    }
}

/// Finishes the document "slow" only when so many others are finished, and notes on which threads it works.
#[derive(Default)]
struct Slow {
    waits_for: usize,
    others: Mutex<usize>,
    finished: Condvar,
    threads: Mutex<HashSet<ThreadId>>,
}

impl Stage for Slow {
    fn provenance(&self) -> &Provenance {
        &BY
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        let thread = std::thread::current().id();
        self.threads.lock().unwrap().insert(thread);
        let mut others = self.others.lock().unwrap();
        if document.text() == "slow" {
            let long = Duration::from_secs(10);
            let waits = |others: &mut usize| *others < self.waits_for;
            let waited = self.finished.wait_timeout_while(others, long, waits);
            assert!(!waited.unwrap().1.timed_out(), "the others wait too");
        } else {
            *others += 1;
            self.finished.notify_all();
        }
        Ok(Verdict::Annotated(Vec::new()))
    }

    fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {}

    fn batch_bytes(&self) -> usize {
        1
    }
}

/// The stage after a run over "slow" and `others` documents more, all of which came out.
fn run_slow(n: usize, waits_for: usize, others: usize) -> Arc<Slow> {
    let stage = Arc::new(Slow {
        waits_for,
        ..Slow::default()
    });
    let input = ["slow"].into_iter().chain((0..others).map(|_| "quick"));
    let input: String = input.map(|t| format!("{{\"text\":\"{t}\"}}\n")).collect();
    let inputs = std::iter::once(file(input.as_bytes()));
    let mut kept = Kept::default();
    stream::run(inputs, Arc::clone(&stage) as _, &jobs(n), &mut kept).unwrap();
    assert_eq!(kept.lines().len(), others + 1);
    assert_eq!(kept.said, []);
    stage
}

#[test]
fn a_slow_document_does_not_stop_the_others() {
    // Four chunks a job are read ahead, the slow one among them.
    run_slow(4, 15, 40);
    run_slow(8, 31, 40);
}

#[test]
fn one_job_works_on_the_callers_thread_and_several_do_not() {
    let threads = |jobs| run_slow(jobs, 0, 9).threads.lock().unwrap().clone();
    let own = std::thread::current().id();
    assert_eq!(threads(1), HashSet::from([own]));
    let several = threads(2);
    assert!(!several.contains(&own) && several.len() <= 2);
}

#[test]
fn a_panic_at_the_end_is_an_error() {
    for n in [1, 3] {
        let obey = Obey {
            finish: Some("panic"),
            ..Obey::default()
        };
        let ended = run_all(obey, &jobs(n), vec![file(b"")], Kept::default());
        assert!(ended.unwrap_err().to_string().contains("on request"));
    }
}

#[test]
fn a_line_is_out_before_the_next_comes_in() {
    for n in [1, 3] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let path = format!("/dev/fd/{}", reader.as_raw_fd());
        let (sender, outputs) = std::sync::mpsc::channel();
        struct Forward(std::sync::mpsc::Sender<String>);
        impl stream::Sink for Forward {
            fn output(&mut self, lines: &[u8]) -> std::io::Result<()> {
                self.0
                    .send(String::from_utf8(lines.to_vec()).unwrap())
                    .unwrap();
                Ok(())
            }
            fn reject(&mut self, _: &[u8]) -> std::io::Result<()> {
                Ok(())
            }
            fn diagnostic(&mut self, _: &Diagnostic) {}
        }
        let run = std::thread::spawn(move || {
            let inputs = std::iter::once(Input::new(path));
            let stage = std::sync::Arc::new(Obey::default());
            stream::run(inputs, stage, &jobs(n), &mut Forward(sender)).unwrap()
        });
        for text in ["a", "b", "c"] {
            writeln!(writer, "{{\"text\":\"{text}\"}}").unwrap();
            let line = outputs
                .recv_timeout(Duration::from_secs(60))
                .expect("it is out");
            assert!(line.contains(&format!("\"text\":\"{text}\"")), "{line}");
        }
        drop((writer, reader));
        let start = Instant::now();
        while !run.is_finished() {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "it ends with its input"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(run.join().unwrap().documents, 3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn neither_threads_nor_batches_nor_order_show(
        texts in prop::collection::vec("[a-z]{0,30}|panic|pass on", 0..60),
        batch in 1..500usize,
        needs_order in any::<bool>(),
    ) {
        let input: String = texts.iter().map(|t| format!("{{\"text\":\"{t}\"}}\n\n")).collect();
        let run = |n, batch_bytes, needs_order| {
            let obey = Obey { batch_bytes, needs_order, ..Obey::default() };
            run_all(obey, &jobs(n), vec![file(input.as_bytes()), file(input.as_bytes())], Kept::default()).unwrap()
        };
        let alone = run(1, 1 << 20, false);
        prop_assert_eq!(alone.lines().len(), 2 * texts.len());
        for (line, text) in alone.lines().iter().zip(texts.iter().cycle()) {
            let start = format!("{{\"text\":\"{}\"", text);
            prop_assert!(line.starts_with(&start));
        }
        for n in [2, 8] {
            prop_assert_eq!(&run(n, batch, needs_order), &alone);
        }
    }
}

#[test]
fn a_run_that_stops_at_the_first_bad_document_reads_all_good_ones() {
    let good = "{\"text\":\"a\"}\n".repeat(5_000);
    for n in [1, 3] {
        let options = Options {
            stop_at_first: true,
            ..jobs(n)
        };
        let inputs = vec![file(format!("{good}[]\n{good}").as_bytes())];
        let kept = run_all(Obey::default(), &options, inputs, Kept::default()).unwrap();
        assert_eq!((kept.lines().len(), kept.summary.bad), (5_000, 1));
    }
}

#[test]
fn a_document_over_the_limit_is_reported_before_it_ends() {
    for n in [1, 3] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(&[b'x'; 4096]).unwrap();
        let options = Options {
            max_record: 1000,
            stop_at_first: true,
            ..jobs(n)
        };
        // The input stays open, and the run ends all the same: it did not wait to keep the document whole.
        let inputs = vec![Input::new(format!("/dev/fd/{}", reader.as_raw_fd()))];
        let kept = run_all(Obey::default(), &options, inputs, Kept::default()).unwrap();
        assert_eq!(kept.summary.bad, 1);
    }
}
