//! Lines cut into parts, packed or not: no line is cut in two, and the same lines give the same parts.
//!
//! Where they go is for others to say: pieces are handed to a sink, with a mark where a part ends.

use std::io::{self, Write};
use std::mem::take;

use flate2::Compression;
use flate2::write::GzEncoder;

/// How large parts are, and whether they are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The most bytes of a part as it is written. Only a line that is longer is a longer part.
    pub most: u64,
    /// Whether each part is packed with [gzip](https://www.rfc-editor.org/rfc/rfc1952).
    pub gzip: bool,
}

/// A part that is whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// How many lines it has.
    pub(crate) lines: u64,
    /// How many bytes these are.
    pub(crate) unpacked: u64,
    /// How many bytes the part is.
    pub(crate) bytes: u64,
}

/// What a sink is handed.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// More bytes of a part.
    Bytes(&'a [u8]),
    /// The part has no more.
    End(Part),
}

/// Lines on their way into a sink of parts, for whoever writes.
pub(crate) struct Lines<F> {
    cutter: Cutter,
    sink: F,
}

impl<F: FnMut(Piece<'_>) -> io::Result<()>> Lines<F> {
    pub(crate) fn new(cut: Cut, sink: F) -> Self {
        Self { cutter: Cutter::new(cut), sink }
    }

    /// Hands on what is left.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.cutter.finish(&mut self.sink)
    }
}

impl<F: FnMut(Piece<'_>) -> io::Result<()>> Write for Lines<F> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.cutter.push(text, &mut self.sink)?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most bytes that are packed at once, and thus the most that a part is smaller than it may be.
const BLOCK: u64 = 1 << 20;

/// Cuts lines as they come.
pub(crate) struct Cutter {
    cut: Cut,
    /// Lines that are in no part yet; the last may be a beginning only.
    waiting: Vec<u8>,
    part: Part,
    /// Empties itself after each block, so that it is known how large the part is.
    packer: Option<GzEncoder<Vec<u8>>>,
}

impl Cutter {
    pub(crate) fn new(cut: Cut) -> Self {
        Self { cut, waiting: Vec::new(), part: Part::default(), packer: None }
    }

    /// Takes more of the lines. Where they are cut does not depend on how they come.
    pub(crate) fn push<E: From<io::Error>>(
        &mut self,
        text: &[u8],
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let block = usize::try_from((self.cut.most / 16).clamp(1, BLOCK)).unwrap_or(usize::MAX);
        // What was there was too short for a block, or has no end yet.
        let mut looked = self.waiting.len().saturating_sub(1);
        self.waiting.extend_from_slice(text);
        let mut start = 0;
        loop {
            let from = looked.max(start + block - 1);
            let end = self.waiting.get(from..).and_then(|rest| memchr::memchr(b'\n', rest));
            let Some(end) = end.map(|at| from + at + 1) else { break };
            let waiting = take(&mut self.waiting);
            let added = self.add(&waiting[start..end], sink);
            self.waiting = waiting;
            added?;
            (start, looked) = (end, end);
        }
        self.waiting.drain(..start);
        Ok(())
    }

    /// Ends the last part.
    pub(crate) fn finish<E: From<io::Error>>(
        mut self,
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let rest = take(&mut self.waiting);
        if !rest.is_empty() {
            self.add(&rest, sink)?;
        }
        if self.part.lines > 0 { self.end(sink) } else { Ok(()) }
    }

    /// Adds lines to the part, or to the next one if this has no room for them.
    fn add<E: From<io::Error>>(
        &mut self,
        lines: &[u8],
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.part.lines > 0 && self.part.bytes + self.at_most(lines.len() as u64) > self.cut.most {
            self.end(sink)?;
        }
        self.part.lines += memchr::memchr_iter(b'\n', lines).count() as u64;
        self.part.unpacked += lines.len() as u64;
        if !self.cut.gzip {
            self.part.bytes += lines.len() as u64;
            return sink(Piece::Bytes(lines));
        }
        let packer = self.packer.get_or_insert_with(|| GzEncoder::new(Vec::new(), Compression::default()));
        packer.write_all(lines)?;
        packer.flush()?;
        self.part.bytes += packer.get_ref().len() as u64;
        sink(Piece::Bytes(packer.get_ref()))?;
        packer.get_mut().clear();
        Ok(())
    }

    /// The most bytes that so many become, with the end of the part.
    fn at_most(&self, bytes: u64) -> u64 {
        // What cannot be packed is stored, with five bytes for each 16 KiB at the most, and a part ends with ten.
        if self.cut.gzip { bytes + bytes / 1024 + 64 } else { bytes }
    }

    fn end<E: From<io::Error>>(&mut self, sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut part = take(&mut self.part);
        if let Some(packer) = self.packer.take() {
            let rest = packer.finish()?;
            part.bytes += rest.len() as u64;
            sink(Piece::Bytes(&rest))?;
        }
        sink(Piece::End(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use proptest::prelude::*;
    use std::io::Read as _;

    /// The parts of texts that come one after the other.
    fn parts(cut: Cut, texts: &[&[u8]]) -> Vec<(Vec<u8>, Part)> {
        let (mut parts, mut bytes) = (Vec::new(), Vec::new());
        let mut sink = |piece: Piece<'_>| {
            match piece {
                Piece::Bytes(more) => bytes.extend_from_slice(more),
                Piece::End(part) => parts.push((take(&mut bytes), part)),
            }
            Ok::<_, io::Error>(())
        };
        let mut cutter = Cutter::new(cut);
        for text in texts {
            cutter.push(text, &mut sink).unwrap();
        }
        cutter.finish(&mut sink).unwrap();
        parts
    }

    fn unpacked(bytes: &[u8], gzip: bool) -> Vec<u8> {
        let mut text = Vec::new();
        if gzip {
            let mut decoder = GzDecoder::new(bytes);
            decoder.read_to_end(&mut text).unwrap();
            assert!(decoder.into_inner().is_empty(), "a part is one member of gzip");
        } else {
            text.extend_from_slice(bytes);
        }
        text
    }

    proptest! {
        #[test]
        fn parts_are_whole_lines_of_no_more_bytes_than_they_may_be_however_the_lines_come(
            lines in prop::collection::vec("[a-z]{0,40}", 1..200),
            most in 1_u64..3000,
            gzip: bool,
            at in any::<prop::sample::Index>(),
        ) {
            let text = lines.join("\n") + "\n";
            let (cut, at) = (Cut { most, gzip }, at.index(text.len()));
            let found = parts(cut, &[text.as_bytes()]);
            prop_assert_eq!(&found, &parts(cut, &[&text.as_bytes()[..at], &text.as_bytes()[at..]]));
            let mut all = Vec::new();
            for (bytes, part) in &found {
                let text = unpacked(bytes, gzip);
                prop_assert!(text.ends_with(b"\n") && !text.is_empty());
                prop_assert_eq!(part.bytes, bytes.len() as u64);
                prop_assert_eq!(part.unpacked, text.len() as u64);
                prop_assert_eq!(part.lines, memchr::memchr_iter(b'\n', &text).count() as u64);
                let is_one_block = text.len() as u64 <= most / 16 + 41;
                prop_assert!(part.bytes <= most || part.lines == 1 || is_one_block, "{} > {most}", part.bytes);
                all.extend(text);
            }
            prop_assert_eq!(all, text.into_bytes());
        }
    }

    #[test]
    fn parts_are_nearly_as_large_as_they_may_be() {
        let text: Vec<u8> = (0..200_000).flat_map(|number: u32| format!("{number}\n").into_bytes()).collect();
        let found = parts(Cut { most: 100_000, gzip: false }, &[&text]);
        let all_but_the_last = &found[..found.len() - 1];
        assert!(all_but_the_last.len() > 10 && all_but_the_last.iter().all(|(bytes, _)| bytes.len() > 90_000));
        let packed = parts(Cut { most: 100_000, gzip: true }, &[&text]);
        assert!(packed.len() > 2 && packed.len() < found.len(), "{}", packed.len());
    }
}
