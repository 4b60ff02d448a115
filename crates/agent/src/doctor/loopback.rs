use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::time::Duration;

use ipc::Message;

use super::finding::Finding;

const PATIENCE: Duration = Duration::from_secs(2);

/// How far a connection gets that leads from this computer to itself.
#[derive(Debug)]
enum Loopback {
    Works,
    NoListener(io::Error),
    NoConnection(io::Error),
}

pub(super) fn examine() -> Vec<Finding> {
    let addresses = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    addresses.map(|address| finding(address, attempt(address))).into()
}

fn attempt(address: IpAddr) -> Loopback {
    let listener = match TcpListener::bind((address, 0)) {
        Ok(listener) => listener,
        Err(error) => return Loopback::NoListener(error),
    };
    let connected = listener.local_addr().and_then(|own| TcpStream::connect_timeout(&own, PATIENCE));
    connected.map_or_else(Loopback::NoConnection, |_| Loopback::Works)
}

/// A pure table. Without IPv6 the browser comes by IPv4.
fn finding(address: IpAddr, loopback: Loopback) -> Finding {
    let said = |id: &str| Message::new(id).with("address", address.to_string());
    match (loopback, address.is_ipv6()) {
        (Loopback::Works, _) => Finding::fine(said("doctor-loopback-fine")),
        (Loopback::NoListener(error), true)
            if matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported) =>
        {
            Finding::fine(said("doctor-loopback-no-v6"))
        }
        (Loopback::NoListener(error), true) => {
            Finding::warning(said("doctor-loopback-no-listener").with("detail", error.to_string()))
        }
        (Loopback::NoListener(error), false) => {
            Finding::wrong(said("doctor-loopback-no-listener").with("detail", error.to_string()))
        }
        (Loopback::NoConnection(error), true) => {
            Finding::warning(said("doctor-loopback-no-connection").with("detail", error.to_string()))
        }
        (Loopback::NoConnection(error), false) => {
            Finding::wrong(said("doctor-loopback-no-connection").with("detail", error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Level, check_words};
    use super::*;

    const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

    #[track_caller]
    fn check(address: IpAddr, loopback: Loopback, level: Level, want: &str) {
        let finding = finding(address, loopback);
        assert_eq!((finding.level, finding.said.id.as_str()), (level, format!("doctor-loopback-{want}").as_str()));
        check_words([finding]);
    }

    #[test]
    fn each_way_back_to_this_computer_has_its_finding() {
        let error = || io::Error::from(ErrorKind::PermissionDenied);
        check(V4, Loopback::Works, Level::Fine, "fine");
        check(V4, Loopback::NoListener(error()), Level::Wrong, "no-listener");
        check(V4, Loopback::NoConnection(error()), Level::Wrong, "no-connection");
        check(V6, Loopback::NoListener(ErrorKind::AddrNotAvailable.into()), Level::Fine, "no-v6");
        check(V6, Loopback::NoListener(error()), Level::Warning, "no-listener");
        check(V6, Loopback::NoConnection(error()), Level::Warning, "no-connection");
    }
}
