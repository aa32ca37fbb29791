//! What happens when someone ends the program while it writes: what is temporary is taken away.

use std::thread;

use tokio::signal::unix::{SignalKind, signal};

use crate::temporary;

/// Takes away what is temporary when the program is interrupted, terminated or loses its terminal, and then ends it, with
/// the code that shells give to such an end: 128 and the number of the signal.
///
/// Where there is no thread for it, the program ends as any other, and the next run clears what it left.
pub(super) fn clear_when_ended() {
    drop(thread::Builder::new().name("signals".to_owned()).spawn(wait));
}

#[expect(clippy::exit, reason = "the thread that writes cannot be ended in another way")]
fn wait() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let ended = runtime.ok().and_then(|runtime| runtime.block_on(ended()));
    if let Some(number) = ended {
        temporary::discard();
        std::process::exit(128 + number);
    }
}

/// Waits until there is a signal that ends the program, and returns its number.
async fn ended() -> Option<i32> {
    let [interrupt, terminate, hangup] = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let ignored = ignored();
    // Who starts the program with `nohup`, or in the background, wants it to go on.
    let listen = |kind: SignalKind| {
        let is_ignored = ignored >> (kind.as_raw_value() - 1) & 1 == 1;
        if is_ignored { None } else { signal(kind).ok() }
    };
    let (mut interrupted, mut terminated, mut hung_up) = (listen(interrupt), listen(terminate), listen(hangup));
    let received = tokio::select! {
        Some(Some(())) = async { Some(interrupted.as_mut()?.recv().await) } => interrupt,
        Some(Some(())) = async { Some(terminated.as_mut()?.recv().await) } => terminate,
        Some(Some(())) = async { Some(hung_up.as_mut()?.recv().await) } => hangup,
        else => return None,
    };
    Some(received.as_raw_value())
}

/// The signals that this process ignores, one a bit; where the system does not tell, none.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
