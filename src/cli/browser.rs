//! The browser of who uses the program, which the system's own opener knows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::thread;

/// Returns the address at which a server is reached from this machine.
pub(super) fn address_of(listening: SocketAddr) -> String {
    let address = match listening.ip() {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    format!("http://{}/", SocketAddr::new(address, listening.port()))
}

/// Opens an address in the browser; where that cannot be done, `failed` is called. Returns at once.
pub(super) fn open(address: &str, failed: impl FnOnce() + Send + 'static) {
    let mut opener = opener(address);
    opener.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Some openers end when the browser does. Without a thread nothing is opened, which harms nobody.
    drop(thread::Builder::new().name("browser".to_owned()).spawn(move || {
        if !opener.status().is_ok_and(|status| status.success()) {
            failed();
        }
    }));
}

fn opener(address: &str) -> Command {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        // What follows `start` in quotes is the title of a window.
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_is_asked_on_this_machine() {
        for (listening, address) in [
            ("0.0.0.0:80", "http://127.0.0.1:80/"),
            ("[::]:7878", "http://[::1]:7878/"),
            ("192.0.2.1:7878", "http://192.0.2.1:7878/"),
        ] {
            assert_eq!(address_of(listening.parse().unwrap()), address);
        }
    }
}
