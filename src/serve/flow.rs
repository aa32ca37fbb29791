//! Answers of queries on their way to who asked.
//!
//! An answer that fits into the memory set aside for it is sent when it is whole, with the status that it has come to.
//! What is larger is sent while it is found; if it cannot be brought to its end, the connection is broken off, so that
//! nobody takes a part for the whole.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use axum::response::Response;
use hyper::body::Frame;
use tokio::sync::mpsc;

use super::pool::{Next, Refused, Running};
use super::problem::Problem;
use super::sent;

/// The most bytes that are kept until an answer is whole.
const KEPT: usize = 4 << 20;

/// Sends an answer.
pub(super) async fn answer(mut running: Running, tag: &str, vary: &'static str) -> Result<Response, Problem> {
    let mut media_type = String::new();
    let mut kept = Vec::new();
    loop {
        match running.next().await {
            Next::Begin(name) => media_type = name,
            Next::Part(bytes) => kept.extend(bytes),
            Next::End => return Ok(sent::body(&media_type, kept, tag, vary)),
            Next::Failed(failure) => return Err(failure.into()),
        }
        if kept.len() > KEPT {
            let body = Body::new(Flowing::start(kept, running));
            return Ok(sent::body(&media_type, body, tag, vary));
        }
    }
}

/// Waits for an answer of so many bytes at most, and returns it with its media type.
pub(super) async fn collect(mut running: Running, most: usize) -> Result<(String, Vec<u8>), Problem> {
    let (mut media_type, mut whole) = (String::new(), Vec::new());
    loop {
        match running.next().await {
            Next::Begin(name) => media_type = name,
            Next::Part(bytes) => whole.extend(bytes),
            Next::End => return Ok((media_type, whole)),
            Next::Failed(failure) => return Err(failure.into()),
        }
        if whole.len() > most {
            let detail = format!("the answer has more than {most} bytes");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-large", detail)
                .help("ask for less: for fewer columns, or with LIMIT"));
        }
    }
}

/// An answer that is sent while it is found.
struct Flowing(mpsc::Receiver<Result<Bytes, BrokenOff>>);

/// There is no more of an answer, though it is not whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not whole")]
struct BrokenOff;

impl Flowing {
    fn start(kept: Vec<u8>, mut running: Running) -> Self {
        const AHEAD: usize = 16;
        let (sender, receiver) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let mut next = Ok(Bytes::from(kept));
            loop {
                let is_last = next.is_err();
                // Nobody takes it any more: the query ends with it.
                if sender.send(next).await.is_err() || is_last {
                    return;
                }
                next = match running.next().await {
                    Next::Part(bytes) => Ok(Bytes::from(bytes)),
                    Next::End => return,
                    Next::Begin(_) | Next::Failed(_) => Err(BrokenOff),
                };
            }
        });
        Self(receiver)
    }
}

impl HttpBody for Flowing {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        self.0.poll_recv(context).map(|next| next.map(|part| part.map(Frame::data)))
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Busy => Self::busy(2),
            Refused::Changed => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "changed",
                "the data set has changed since it was read, and cannot be queried until it is read again",
            ),
            Refused::Failed => Self::internal(),
        }
    }
}
