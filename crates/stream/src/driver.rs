//! Chunks through a stage, on one thread or several, in the order of the input.

use crate::chunk::Chunk;
use crate::framing::{Chunks, Unreadable};
use crate::panics::caught;
use crate::work::{Done, work};
use crate::{Diagnostic, DiagnosticKind, Input, Options, Sink, Stage, Totals};
use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// How many chunks there may be for each thread: one that it works on, and some more, so that a slow document does not
/// stop the others that wait to be written after it.
const CHUNKS_A_JOB: usize = 4;

/// Lets the stage work on every document of the inputs. Ends early where the sink fails or threads cannot be started,
/// which is the error returned, and after the first bad document where the options say so.
///
/// Output is handed to the sink as soon as it is there and never held back for more to come. Memory is bounded by
/// `jobs` × 4 chunks, each of [`Stage::batch_bytes`] or one longer document. After an error, threads may still wait
/// for input; they hold nothing that matters and end with the process.
pub fn run(
    inputs: impl Iterator<Item = Input> + Send + 'static,
    stage: Arc<dyn Stage>,
    options: &Options,
    sink: &mut dyn Sink,
) -> io::Result<Totals> {
    let finishing = Arc::clone(&stage);
    let chunks = Chunks::new(inputs, options, &stage);
    let mut writer = Writer {
        sink,
        stop_at_first: options.stop_at_first,
        totals: Totals::default(),
    };
    if options.jobs <= 1 || stage.needs_order() {
        for chunk in chunks {
            if !writer.write(chunk.map(|chunk| work(&chunk, &*stage, options)))? {
                return Ok(writer.totals);
            }
        }
    } else {
        let (results, permits, threads) = spawn(chunks, stage, options)?;
        let mut next = 0;
        let mut early = BTreeMap::new();
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&next) {
                next += 1;
                if !writer.write(result)? {
                    return Ok(writer.totals);
                }
                // The reader may have ended, and its permits with it.
                let _ = permits.recv();
            }
        }
        // Nobody is left to send results, so all have ended; one that panicked took documents with it.
        for thread in threads {
            thread
                .join()
                .map_err(|_| io::Error::other("internal error: a thread panicked"))?;
        }
    }
    if let Some(lines) = caught(|| finishing.finish()).map_err(io::Error::other)? {
        writer.sink.output(lines.as_bytes())?;
    }
    Ok(writer.totals)
}

type Numbered<T> = (u64, Result<T, Unreadable>);
type Threads = Vec<JoinHandle<()>>;

/// One thread that reads and `jobs` that work. A permit is taken for each chunk that is read, and given back when it
/// has been written: that bounds what waits for its turn. The threads are not waited for where the run ends early: one
/// that is blocked on its input must not keep a closed pipe from ending it (`yes | quotes | head -1`).
fn spawn(
    chunks: Chunks<impl Iterator<Item = Input> + Send + 'static>,
    stage: Arc<dyn Stage>,
    options: &Options,
) -> io::Result<(Receiver<Numbered<Done>>, Receiver<()>, Threads)> {
    let window = options.jobs * CHUNKS_A_JOB;
    let (permit, permits) = sync_channel::<()>(window);
    let (to_workers, work_queue) = sync_channel::<Numbered<Chunk>>(window);
    let (to_writer, results) = sync_channel::<Numbered<Done>>(window);
    let mut threads = Threads::new();
    threads.push(start(move || {
        for (number, chunk) in (0..).zip(chunks) {
            if permit.send(()).is_err() || to_workers.send((number, chunk)).is_err() {
                return;
            }
        }
    })?);
    let work_queue = Arc::new(Mutex::new(work_queue));
    for _ in 0..options.jobs {
        let (work_queue, stage) = (Arc::clone(&work_queue), Arc::clone(&stage));
        let (to_writer, options) = (to_writer.clone(), options.clone());
        threads.push(start(move || {
            worker(&work_queue, &*stage, &options, &to_writer);
        })?);
    }
    Ok((results, permits, threads))
}

fn start(work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let cannot = |e: io::Error| io::Error::new(e.kind(), format!("cannot start a thread: {e}"));
    thread::Builder::new().spawn(work).map_err(cannot)
}

fn worker(
    queue: &Mutex<Receiver<Numbered<Chunk>>>,
    stage: &dyn Stage,
    options: &Options,
    results: &SyncSender<Numbered<Done>>,
) {
    loop {
        // Nothing panics while it holds the lock; even if it did, the queue would be whole.
        let received = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, chunk)) = received else {
            return;
        };
        let done = chunk.map(|chunk| work(&chunk, stage, options));
        if results.send((number, done)).is_err() {
            return;
        }
    }
}

/// Hands results on and keeps count.
struct Writer<'s> {
    sink: &'s mut dyn Sink,
    stop_at_first: bool,
    totals: Totals,
}

impl Writer<'_> {
    /// False where the run is to stop.
    fn write(&mut self, result: Result<Done, Unreadable>) -> io::Result<bool> {
        match result {
            Ok(done) => {
                self.totals.documents += done.documents;
                self.totals.bytes += done.bytes;
                self.totals.bad += done.bad;
                if !done.output.is_empty() {
                    self.sink.output(done.output.as_bytes())?;
                }
                if !done.rejects.is_empty() {
                    self.sink.reject(&done.rejects)?;
                }
                for diagnostic in &done.diagnostics {
                    self.sink.diagnostic(diagnostic);
                }
                self.sink.progress(&self.totals);
                Ok(!(self.stop_at_first && done.bad > 0))
            }
            Err(Unreadable { source, error }) => {
                self.totals.unreadable += 1;
                self.sink.diagnostic(&Diagnostic {
                    kind: DiagnosticKind::Unreadable,
                    source,
                    line: None,
                    message: describe(&error),
                });
                Ok(!self.stop_at_first)
            }
        }
    }
}

/// The error in the operating system's words, without Rust's number for it.
fn describe(error: &io::Error) -> String {
    let message = error.to_string();
    match message.find(" (os error ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}
