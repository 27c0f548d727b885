//! Input that is compressed, known by its first bytes: gzip (RFC 1952) and Zstandard (RFC 8878), of several members
//! or frames too.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Read};

/// As much as a pipe holds, so that one read empties it.
const BUFFER: usize = 64 << 10;

/// A Zstandard frame may ask for as much memory as its author likes; zstd's own tools stop here too (`--long=27`).
const WINDOW: u64 = 128 << 20;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The reader's bytes, decompressed if they are compressed.
pub(crate) fn decompress(mut reader: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let mut head = Vec::with_capacity(ZSTD.len());
    // A byte is read beyond the first one only while it could still be a compressed file's: live input must not wait.
    while head.len() < ZSTD.len() && (GZIP.starts_with(&head) || ZSTD.starts_with(&head)) {
        let mut byte = [0];
        match reader.read(&mut byte) {
            Ok(0) => break,
            Ok(_) => head.push(byte[0]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let gzip = head.starts_with(GZIP);
    let zstd = head.starts_with(ZSTD);
    let whole = io::Cursor::new(head).chain(reader);
    if gzip {
        Ok(Box::new(MultiGzDecoder::new(BufReader::with_capacity(
            BUFFER, whole,
        ))))
    } else if zstd {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Ok(Box::new(Frames {
            input: BufReader::with_capacity(BUFFER, whole),
            decoder,
            inside: false,
            damage: None,
        }))
    } else {
        Ok(Box::new(whole))
    }
}

/// Zstandard frames one after the other; ruzstd's own streaming decoder reads a single one.
struct Frames<R: Read> {
    input: BufReader<R>,
    decoder: FrameDecoder,
    inside: bool,
    /// What is wrong with the frame; reported once all that came before it has been read.
    damage: Option<io::Error>,
}

/// An empty last block (RFC 8878, 3.1.1.2), and four bytes for a checksum.
const END_OF_FRAME: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside && !self.begin_frame()? {
                return Ok(0);
            }
            // No more than is needed for some bytes to come out: live input must not wait for a full buffer.
            while self.inside && self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decode_block()?;
            }
            match self.decoder.read(out)? {
                0 if !out.is_empty() => self.end_frame()?,
                n => return Ok(n),
            }
        }
    }
}

impl<R: Read> Frames<R> {
    /// False at the end of the input.
    fn begin_frame(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.input) {
                Ok(()) => {
                    self.inside = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut self.input).take(length.into()), &mut io::sink())?;
                }
                Err(e) => return Err(io::Error::other(e)),
            }
        }
        Ok(false)
    }

    /// Where the frame is cut off or damaged, it ends here. The decoder holds back as much as later blocks may refer
    /// to, which is often all there is, and gives it only at the end of a frame.
    fn decode_block(&mut self) -> io::Result<()> {
        let one = BlockDecodingStrategy::UptoBlocks;
        if let Err(damage) = self.decoder.decode_blocks(&mut self.input, one(1)) {
            self.damage = Some(io::Error::other(damage));
            self.decoder
                .decode_blocks(END_OF_FRAME, one(1))
                .map_err(io::Error::other)?;
        }
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        self.inside = false;
        if let Some(damage) = self.damage.take() {
            return Err(damage);
        }
        let stored = self.decoder.get_checksum_from_data();
        if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other(
                "the Zstandard frame's checksum does not match",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    /// A read that gives 0 bytes means the end of the input, unless the caller's buffer is empty.
    #[test]
    fn a_read_without_room_ends_nothing() {
        let packed = compress_to_vec(&b"One.\nTwo."[..], CompressionLevel::Fastest);
        let mut reader = decompress(Box::new(io::Cursor::new(packed))).unwrap();
        let mut text = String::new();
        for room in [0, 3, 0] {
            let mut out = vec![0; room];
            assert_eq!(reader.read(&mut out).unwrap(), room);
            text.push_str(std::str::from_utf8(&out).unwrap());
        }
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "One.\nTwo.");
        assert_eq!(reader.read(&mut [0]).unwrap(), 0);
    }
}
