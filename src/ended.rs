//! How somebody outside ends the process: by signals where there are any, else with Ctrl-C.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the process ends what it does by itself when it is told to.
static ENDS_BY_ITSELF: AtomicBool = AtomicBool::new(false);

/// Says that from now on the process ends what it does by itself when it is told to: nobody else need end it.
pub(crate) fn ends_by_itself() {
    ENDS_BY_ITSELF.store(true, Ordering::SeqCst);
}

/// Tells whether the process ends what it does by itself when it is told to.
pub(crate) fn is_ending_by_itself() -> bool {
    ENDS_BY_ITSELF.load(Ordering::SeqCst)
}

/// Who is told to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// A program that does its work and ends: whoever starts it with `nohup`, or in the background, wants it to go on.
    Work,
    /// A server, which ends in no other way.
    Server,
}

/// Waits, from the moment it is called, until the process is interrupted, terminated or loses its terminal. Returns the
/// number of the signal, or nothing if there will be none. It is called within a runtime with input and output.
#[cfg(unix)]
pub(crate) fn told_to_end(who: Who) -> io::Result<impl Future<Output = Option<i32>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate, hangup) = (SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup());
    let ignored = ignored();
    let listen = |kind: SignalKind| {
        let is_ignored = ignored >> (kind.as_raw_value() - 1) & 1 == 1;
        // Shells that have no jobs let what is in the background ignore interrupts, though nobody said so.
        let is_wanted = !is_ignored || (who == Who::Server && kind != hangup);
        if is_wanted { signal(kind).map(Some) } else { Ok(None) }
    };
    let (mut interrupted, mut terminated, mut hung_up) = (listen(interrupt)?, listen(terminate)?, listen(hangup)?);
    Ok(async move {
        let received = tokio::select! {
            Some(Some(())) = async { Some(interrupted.as_mut()?.recv().await) } => interrupt,
            Some(Some(())) = async { Some(terminated.as_mut()?.recv().await) } => terminate,
            Some(Some(())) = async { Some(hung_up.as_mut()?.recv().await) } => hangup,
            else => return None,
        };
        Some(received.as_raw_value())
    })
}

/// The signals that this process ignores, one a bit; where the system does not tell, none.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Waits until somebody types Ctrl-C. Returns the number that an interrupt has elsewhere, or nothing if there will be none.
#[cfg(not(unix))]
pub(crate) fn told_to_end(_: Who) -> io::Result<impl Future<Output = Option<i32>>> {
    const INTERRUPT: i32 = 2;
    Ok(async { tokio::signal::ctrl_c().await.ok().map(|()| INTERRUPT) })
}
