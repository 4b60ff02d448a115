use std::env;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use ipc::Message;
use url::Url;

use super::finding::Finding;
use crate::config::Network;

const PATIENCE: Duration = Duration::from_secs(5);
/// As `reqwest` reads them; an HTTPS request looks at these.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The way out, as far as a proxy is named.
#[derive(Debug)]
enum Proxy {
    None,
    Reachable { address: String },
    Unreachable { address: String, detail: String },
    NoAddress { address: String },
}

pub(super) fn examine(network: &Network) -> Finding {
    finding(look(network))
}

/// The proxy that a request goes by: that of the configuration, else that of the environment.
pub(super) fn named(network: &Network) -> Option<String> {
    let set = |variable: &&str| env::var(variable).ok().filter(|address| !address.is_empty());
    network.proxy.clone().or_else(|| VARIABLES.iter().find_map(set))
}

/// Where a proxy listens.
pub(super) fn place(address: &str) -> Option<(String, u16)> {
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let url = Url::parse(&with_scheme).ok()?;
    Some((bare(url.host_str()?).to_owned(), url.port_or_known_default().unwrap_or(1080)))
}

/// Without the brackets that an address of IPv6 stands in where a port may follow.
pub(super) fn bare(host: &str) -> &str {
    host.trim_matches(['[', ']'])
}

fn look(network: &Network) -> Proxy {
    let Some(address) = named(network) else { return Proxy::None };
    let Some(place) = place(&address) else { return Proxy::NoAddress { address } };
    // Without the password that an address may hold.
    let shown = format!("{}:{}", place.0, place.1);
    match connect(&place) {
        Ok(_) => Proxy::Reachable { address: shown },
        Err(error) => Proxy::Unreachable { address: shown, detail: error.to_string() },
    }
}

/// The first of a name's addresses that answers.
pub(super) fn connect(place: &(String, u16)) -> io::Result<TcpStream> {
    let mut failed = io::Error::from(io::ErrorKind::NotFound);
    for address in (place.0.as_str(), place.1).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// A pure table.
fn finding(proxy: Proxy) -> Finding {
    let said = |id: &str, address: String| Message::new(id).with("proxy", address);
    match proxy {
        Proxy::None => Finding::fine(Message::new("doctor-proxy-none")),
        Proxy::Reachable { address } => Finding::fine(said("doctor-proxy-reachable", address)),
        Proxy::Unreachable { address, detail } => {
            Finding::wrong(said("doctor-proxy-unreachable", address).with("detail", detail))
        }
        Proxy::NoAddress { address } => Finding::wrong(said("doctor-proxy-no-address", address)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::check_words;
    use super::*;

    #[test]
    fn each_state_of_the_proxy_has_its_finding() {
        let check = |proxy, want: &str| {
            let finding = finding(proxy);
            assert_eq!(finding.said.id, format!("doctor-proxy-{want}"));
            check_words([finding]);
        };
        let address = || "proxy.firma.pl:3128".to_owned();
        check(Proxy::None, "none");
        check(Proxy::Reachable { address: address() }, "reachable");
        check(Proxy::Unreachable { address: address(), detail: "refused".into() }, "unreachable");
        check(Proxy::NoAddress { address: "http://".into() }, "no-address");
    }

    #[test]
    fn a_proxy_is_found_however_it_is_written() {
        let at = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(place("http://me:secret@proxy.firma.pl:3128"), at("proxy.firma.pl", 3128));
        assert_eq!(place("proxy.firma.pl:8080"), at("proxy.firma.pl", 8080));
        assert_eq!(place("http://[::1]:3128"), at("::1", 3128));
        assert_eq!(place("socks5://proxy.firma.pl"), at("proxy.firma.pl", 1080));
        assert_eq!(place("http://"), None);
    }
}
