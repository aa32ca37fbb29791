//! What the process of queries writes: frames, each a letter, a length and so many bytes.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// What the process of queries tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// It is ready, with data of this digest.
    Ready(String),
    /// An answer begins, in this media type.
    Begin(String),
    /// A part of an answer.
    Part(Vec<u8>),
    /// The answer is whole.
    End,
    /// There is no answer, or no more of it.
    Failed(Failure),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) status: u16,
    /// What kind of failure, in a word that programs know it by.
    pub(super) kind: String,
    pub(super) detail: String,
    pub(super) help: Option<String>,
    /// The line and the column of the query.
    pub(super) place: Option<(usize, usize)>,
    /// The lines of the query, with the place marked.
    pub(super) excerpt: Option<String>,
    /// Whether the process ends, because it may still be at work on the query.
    pub(super) is_last: bool,
}

/// The most bytes of a frame.
const MOST: usize = 1 << 20;

/// Writes a frame.
pub(super) fn write(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let (letter, bytes) = match frame {
        Frame::Ready(digest) => (b'R', digest.as_bytes().to_vec()),
        Frame::Begin(media_type) => (b'B', media_type.as_bytes().to_vec()),
        Frame::Part(bytes) => return write_part(bytes, out),
        Frame::End => (b'E', Vec::new()),
        Frame::Failed(failure) => (b'F', serde_json::to_vec(failure)?),
    };
    write_bytes(letter, &bytes, out)
}

fn write_part(bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
    bytes.chunks(MOST).try_for_each(|part| write_bytes(b'P', part, out))
}

fn write_bytes(letter: u8, bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&[letter])?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(bytes)
}

/// Reads a frame.
pub(super) async fn read(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Frame> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let letter = from.read_u8().await?;
    let length = usize::try_from(from.read_u32().await?).map_err(io::Error::other)?;
    if length > MOST {
        return Err(broken());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    let text = |bytes| String::from_utf8(bytes).map_err(io::Error::other);
    match letter {
        b'R' => Ok(Frame::Ready(text(bytes)?)),
        b'B' => Ok(Frame::Begin(text(bytes)?)),
        b'P' => Ok(Frame::Part(bytes)),
        b'E' => Ok(Frame::End),
        b'F' => Ok(Frame::Failed(serde_json::from_slice(&bytes)?)),
        _ => Err(broken()),
    }
}

/// An answer on its way into frames.
pub(super) struct Parts<W> {
    out: W,
    waiting: Vec<u8>,
}

/// The bytes that are sent together, unless they are asked for sooner.
const TOGETHER: usize = 32 << 10;

impl<W: Write> Parts<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, waiting: Vec::with_capacity(TOGETHER) }
    }
}

impl<W: Write> Write for Parts<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= TOGETHER {
            write_part(&self.waiting, &mut self.out)?;
            self.waiting.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        write_part(&self.waiting, &mut self.out)?;
        self.waiting.clear();
        self.out.flush()
    }
}
