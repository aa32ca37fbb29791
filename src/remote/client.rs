//! Requests over HTTP/1.1, one connection for each, and their answers. Redirections are not followed, so that neither a
//! login nor data go where nobody sent them.

use std::fmt;
use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::MultiGzDecoder;
use ureq::http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue,
    LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use ureq::http::{Method, Request, Response, StatusCode};
use ureq::{Agent, Body};

use super::{Address, RemoteError, tls};

/// By what a store knows who asks. What it holds is shown by nothing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Login {
    /// [Basic](https://www.rfc-editor.org/rfc/rfc7617): a name and a password.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// [Bearer](https://www.rfc-editor.org/rfc/rfc6750): a token.
    Bearer(String),
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic",
            Self::Bearer(_) => "Bearer",
        })
    }
}

/// How a store is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// By what it knows who asks.
    pub login: Option<Login>,
    /// How long a request may take, with its answer.
    pub timeout: Duration,
    /// How often something is tried that fails because of the connection, or because the store is busy.
    pub tries: u32,
}

/// What happens meanwhile.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// Something failed, and is tried again.
    Again {
        /// Why it failed.
        error: &'a RemoteError,
        /// After how long.
        pause: Duration,
    },
    /// A part was sent.
    Sent {
        /// Where to: the graph, or nothing for the default graph.
        graph: Option<&'a str>,
        /// Which of the graph's parts, from one.
        part: usize,
        /// How many triples it has.
        triples: u64,
        /// How many bytes were sent.
        bytes: u64,
    },
}

/// The pause after a first failure; after each further one it is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause, whatever a store asks for.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(30);
/// How much of an answer that says no is shown.
const SHOWN: u64 = 500;

/// What asks one store.
pub(super) struct Client<'a> {
    agent: Agent,
    authorization: Option<HeaderValue>,
    tries: u32,
    told: &'a dyn Fn(&Event<'_>),
}

/// What is sent with a request.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) media_type: &'static str,
    pub(super) gzip: bool,
    pub(super) bytes: &'a [u8],
}

impl<'a> Client<'a> {
    /// Returns what asks these addresses and no others.
    pub(super) fn new(
        addresses: &[&Address],
        options: &Options,
        told: &'a dyn Fn(&Event<'_>),
    ) -> Result<Self, RemoteError> {
        let open = addresses.iter().find(|address| address.is_open());
        if let Some(address) = open.filter(|_| options.login.is_some()) {
            return Err(RemoteError::OpenLogin { address: address.to_string() });
        }
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A connection that was left open may be closed by the time that it is needed again.
            .max_idle_connections(0)
            .user_agent(concat!("rapporteur/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECTING.min(options.timeout)))
            .timeout_global(Some(options.timeout));
        if addresses.iter().any(|address| address.is_secure()) {
            config = config.tls_config(tls::config()?);
        }
        let authorization = options.login.as_ref().map(authorization).transpose()?;
        Ok(Self { agent: config.build().new_agent(), authorization, tries: options.tries.max(1), told })
    }

    /// Tells what happened.
    pub(super) fn tell(&self, event: &Event<'_>) {
        (self.told)(event);
    }

    /// Asks, and returns an answer that says yes; nothing if it says that there is no such thing.
    pub(super) fn ask(
        &self,
        method: Method,
        address: &str,
        accept: &str,
        sent: Option<Sent<'_>>,
    ) -> Result<Option<Answer>, RemoteError> {
        let name = name(&method);
        let mut request = Request::builder().method(method).uri(address).header(ACCEPT, accept);
        request = request.header(ACCEPT_ENCODING, "gzip");
        // What was there before is not what is asked for.
        request = request.header(CACHE_CONTROL, "no-cache");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(Sent { media_type, gzip, .. }) = sent {
            request = request.header(CONTENT_TYPE, media_type);
            if gzip {
                request = request.header(CONTENT_ENCODING, "gzip");
            }
        }
        let answered = match sent {
            Some(Sent { bytes, .. }) => request.body(bytes).map_err(ureq::Error::from).and_then(|r| self.agent.run(r)),
            None => request.body(()).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
        };
        let answer = answered.map_err(|source| RemoteError::NotAnswered {
            method: name,
            address: address.to_owned(),
            source: Box::new(source),
        })?;
        match answer.status() {
            status if status.is_success() => Ok(Some(Answer { address: address.to_owned(), answer })),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_redirection() => {
                let to = answer.headers().get(LOCATION).map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
                Err(RemoteError::Elsewhere { address: address.to_owned(), to: to.unwrap_or_default() })
            }
            _ => Err(refused(name, address, answer)),
        }
    }

    /// Does something until it works, as often as it may be tried.
    pub(super) fn trying<T>(&self, mut once: impl FnMut() -> Result<T, RemoteError>) -> Result<T, RemoteError> {
        let mut pause = FIRST_PAUSE;
        let mut tries = 1;
        loop {
            match once() {
                Err(error) if error.is_passing() && tries < self.tries => {
                    let wait = error.wait().unwrap_or(pause).min(LONGEST_PAUSE);
                    self.tell(&Event::Again { error: &error, pause: wait });
                    thread::sleep(wait);
                    pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                    tries += 1;
                }
                Err(error) if tries > 1 => return Err(RemoteError::GivenUp { tries, last: Box::new(error) }),
                done => return done,
            }
        }
    }
}

/// An answer that says yes.
pub(super) struct Answer {
    address: String,
    answer: Response<Body>,
}

impl Answer {
    /// Returns the media type, without parameters and in small letters.
    pub(super) fn media_type(&self) -> String {
        let value = self.answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Returns the body, unpacked and with at most so many bytes, if it says where it ends.
    pub(super) fn body(self, most: u64) -> Result<Reading, RemoteError> {
        let headers = self.answer.headers();
        if !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING) {
            return Err(RemoteError::Unframed { address: self.address });
        }
        let is_packed =
            headers.get(CONTENT_ENCODING).is_some_and(|coding| coding.as_bytes().eq_ignore_ascii_case(b"gzip"));
        let body = self.answer.into_body().into_reader();
        let body: Box<dyn Read> = if is_packed { Box::new(MultiGzDecoder::new(body)) } else { Box::new(body) };
        Ok(Reading { body, left: most })
    }
}

/// A body on its way.
pub(super) struct Reading {
    body: Box<dyn Read>,
    left: u64,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.body.read(buffer)?;
        self.left = self
            .left
            .checked_sub(length as u64)
            .ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, "it has more bytes than it may"))?;
        Ok(length)
    }
}

/// What an answer says that says no.
fn refused(method: &'static str, address: &str, answer: Response<Body>) -> RemoteError {
    let status = answer.status().as_u16();
    let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut said = Vec::new();
    // What can be read of it.
    drop(answer.into_body().into_reader().take(SHOWN).read_to_end(&mut said));
    let said = String::from_utf8_lossy(&said).split_whitespace().collect::<Vec<_>>().join(" ");
    RemoteError::Refused { method, address: address.to_owned(), status, wait: seconds.map(Duration::from_secs), said }
}

fn name(method: &Method) -> &'static str {
    match *method {
        Method::PUT => "PUT",
        Method::POST => "POST",
        _ => "GET",
    }
}

fn authorization(login: &Login) -> Result<HeaderValue, RemoteError> {
    let text = match login {
        Login::Basic { user, password } => {
            // It could not be told where the password begins.
            if user.contains(':') {
                return Err(RemoteError::Login);
            }
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        }
        Login::Bearer(token) => format!("Bearer {token}"),
    };
    let mut value = HeaderValue::try_from(text).map_err(|_| RemoteError::Login)?;
    value.set_sensitive(true);
    Ok(value)
}
