//! The way to a server that has several addresses.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Failure;

/// No address is given less, however many there are.
const LEAST: Duration = Duration::from_secs(4);

/// To the first address that lets itself be connected to; otherwise what says most of all that stood in the way.
///
/// An address that nobody answers at does not use up the time of the others, and where some cannot be reached from here at all, as
/// those of IPv6 often cannot, the others decide.
pub(super) async fn connect(addresses: &[SocketAddr], patience: Duration) -> Result<TcpStream, Failure> {
    let share = patience / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    let begun = Instant::now();
    let mut found = Vec::new();
    for address in addresses {
        let left = patience.saturating_sub(begun.elapsed());
        match timeout(share.max(LEAST).min(left), TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => found.push(unconnected(&error)),
            Err(_) => found.push(Failure::Timeout),
        }
    }
    Err(most_telling(found))
}

fn unconnected(error: &io::Error) -> Failure {
    use io::ErrorKind::{HostUnreachable, NetworkDown, NetworkUnreachable, TimedOut};
    let is_away = matches!(error.kind(), NetworkUnreachable | HostUnreachable | NetworkDown);
    match error.kind() == TimedOut {
        true => Failure::Timeout,
        false if is_away => Failure::NoNetwork,
        false => Failure::NoConnection,
    }
}

/// A computer that says no is there; one that is silent may be; where there is no way, nothing is known.
fn most_telling(found: Vec<Failure>) -> Failure {
    let order = [Failure::NoConnection, Failure::Timeout];
    order.into_iter().find(|failure| found.contains(failure)).unwrap_or(Failure::NoNetwork)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    /// The kernel knows no way to a whole group of computers.
    const NO_WAY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::new(224, 0, 0, 1)), 143);

    #[tokio::test]
    async fn the_address_that_says_most_decides_whatever_its_place() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let listens = listener.local_addr().unwrap();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let refuses = free.local_addr().unwrap();
        drop(free);
        let patience = Duration::from_secs(20);
        for (addresses, want) in [
            (vec![refuses, NO_WAY], Some(Failure::NoConnection)),
            (vec![NO_WAY, refuses], Some(Failure::NoConnection)),
            (vec![NO_WAY], Some(Failure::NoNetwork)),
            (vec![NO_WAY, refuses, listens], None),
        ] {
            assert_eq!(connect(&addresses, patience).await.err(), want, "{addresses:?}");
        }
    }

    #[test]
    fn who_refuses_says_more_than_who_is_silent_and_that_more_than_no_way() {
        let (refused, silent, no_way) = (Failure::NoConnection, Failure::Timeout, Failure::NoNetwork);
        let silent_of_old = unconnected(&io::Error::from(io::ErrorKind::TimedOut));
        assert_eq!(most_telling(vec![silent.clone(), no_way.clone(), refused.clone()]), refused);
        assert_eq!(most_telling(vec![no_way.clone(), silent_of_old]), silent);
        assert_eq!(most_telling(vec![no_way.clone()]), no_way);
    }
}
