//! The server's name, looked up by the system.

use std::net::SocketAddr;

use dns_lookup::{AddrInfoHints, LookupErrorKind, SockType, getaddrinfo};
use tokio::task::spawn_blocking;

use super::Failure;
use crate::office365::Cloud;

/// Every address once; there is at least one.
pub(super) async fn look_up(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let host = host.to_owned();
    let found = spawn_blocking(move || addresses(&host, port)).await.unwrap_or(Err(Failure::NameUnanswered))?;
    if found.is_empty() { Err(Failure::NoName) } else { Ok(found) }
}

fn addresses(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let hints = AddrInfoHints { socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let found = getaddrinfo(Some(host), None, Some(hints)).map_err(|error| unfound(host, error.kind()))?;
    Ok(found.flatten().map(|it| SocketAddr::new(it.sockaddr.ip(), port)).collect())
}

/// A name server that says no knows; one that is not reached says nothing of the name. Windows and macOS tell both alike where
/// there is no network, so that whoever is said not to know Microsoft's own servers is not believed.
fn unfound(host: &str, kind: LookupErrorKind) -> Failure {
    let is_none = matches!(kind, LookupErrorKind::NoName | LookupErrorKind::NoData);
    if is_none && !Cloud::has(host) { Failure::NoName } else { Failure::NameUnanswered }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn only_a_name_server_that_knows_says_that_a_name_is_none() {
        for (kind, want) in [
            (LookupErrorKind::NoName, Failure::NoName),
            (LookupErrorKind::NoData, Failure::NoName),
            (LookupErrorKind::Again, Failure::NameUnanswered),
            (LookupErrorKind::Fail, Failure::NameUnanswered),
            (LookupErrorKind::System, Failure::NameUnanswered),
        ] {
            assert_eq!(unfound("poczta.firma.pl", kind), want, "{kind:?}");
            assert_eq!(unfound("SMTP.office365.com", kind), Failure::NameUnanswered, "{kind:?}: it is there");
        }
    }

    #[tokio::test]
    async fn an_address_is_its_own_name() {
        assert_eq!(look_up("127.0.0.1", 993).await, Ok(vec![SocketAddr::from(([127, 0, 0, 1], 993))]));
        assert_eq!(look_up("::1", 143).await, Ok(vec![SocketAddr::from((Ipv6Addr::LOCALHOST, 143))]));
    }
}
