//! How often an address may ask: a [token bucket](https://en.wikipedia.org/wiki/Token_bucket) for each.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use tokio::time::Instant;

/// The buckets of all addresses that asked lately.
pub(super) struct Rates {
    /// How many questions a second an address may ask in the long run; none for no limit.
    per_second: f64,
    buckets: Mutex<BTreeMap<IpAddr, Bucket>>,
}

struct Bucket {
    tokens: f64,
    filled: Instant,
}

/// How many seconds' worth of questions may be asked at once.
const BURST: f64 = 2.0;
/// The most addresses that are remembered.
const MOST: usize = 10_000;

impl Rates {
    pub(super) fn new(per_second: u32) -> Self {
        Self { per_second: f64::from(per_second), buckets: Mutex::default() }
    }

    /// Takes a token of an address; if there is none, says in how many seconds there is.
    pub(super) fn take(&self, address: IpAddr, now: Instant) -> Result<(), u32> {
        if self.per_second == 0.0 {
            return Ok(());
        }
        let full = (self.per_second * BURST).max(1.0);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            // A bucket that is full again says nothing.
            let until_full = full / self.per_second;
            buckets.retain(|_, bucket| now.duration_since(bucket.filled).as_secs_f64() < until_full);
            if buckets.len() >= MOST {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(address).or_insert(Bucket { tokens: full, filled: now });
        let since = now.duration_since(bucket.filled).as_secs_f64();
        bucket.tokens = (bucket.tokens + since * self.per_second).min(full);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            return Err(1);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

/// Returns the address of who asks: that of the connection, or what a proxy that is known says it is.
pub(super) fn client(peer: IpAddr, asked: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    if !proxies.contains(&peer) {
        return peer;
    }
    // Each proxy adds whom it was asked by; what stands before the last that is known may be made up.
    let forwarded = asked.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let forwarded: Vec<_> = forwarded.flat_map(|list| list.split(',')).map(str::trim).collect();
    let mut client = peer;
    for address in forwarded.iter().rev() {
        let Ok(address) = address.parse() else { break };
        client = address;
        if !proxies.contains(&address) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_address_may_ask_so_often_and_others_are_not_concerned() {
        let (rates, begun) = (Rates::new(5), Instant::now());
        let [one, other] = ["192.0.2.1", "2001:db8::1"].map(|address| address.parse().unwrap());
        assert_eq!((0..20).filter(|_| rates.take(one, begun).is_ok()).count(), 10);
        assert_eq!(rates.take(other, begun), Ok(()));
        let later = begun + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| rates.take(one, later).is_ok()).count(), 5);
        assert!((0..100).all(|_| Rates::new(0).take(one, begun).is_ok()));
    }

    #[test]
    fn what_a_proxy_says_is_believed_of_those_that_are_named_only() {
        let [peer, proxy, made_up, client_address]: [IpAddr; 4] =
            ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"].map(|address| address.parse().unwrap());
        let mut asked = HeaderMap::new();
        asked.insert("x-forwarded-for", format!("{made_up}, {client_address}").parse().unwrap());
        assert_eq!(client(peer, &asked, &[]), peer);
        assert_eq!(client(peer, &asked, &[peer]), client_address);
        asked.append("x-forwarded-for", proxy.to_string().parse().unwrap());
        assert_eq!(client(peer, &asked, &[peer, proxy]), client_address);
        assert_eq!(client(peer, &HeaderMap::new(), &[peer]), peer);
    }
}
