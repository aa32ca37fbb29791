//! What happens when someone ends the program while it writes: what is temporary is taken away.

use std::thread;

use crate::ended::{Who, is_ending_by_itself, told_to_end};
use crate::temporary;

/// Takes away what is temporary when the program is interrupted, terminated or loses its terminal, and then ends it, with
/// the code that shells give to such an end: 128 and the number of the signal. A server that has begun ends by itself.
///
/// Where there is no thread for it, the program ends as any other, and the next run clears what it left.
pub(super) fn clear_when_ended() {
    drop(thread::Builder::new().name("signals".to_owned()).spawn(wait));
}

#[expect(clippy::exit, reason = "the thread that writes cannot be ended in another way")]
fn wait() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let ended = runtime.ok().and_then(|runtime| runtime.block_on(async { told_to_end(Who::Work).ok()?.await }));
    if let Some(number) = ended
        && !is_ending_by_itself()
    {
        temporary::discard();
        std::process::exit(128 + number);
    }
}
