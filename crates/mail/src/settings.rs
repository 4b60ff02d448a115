//! A component's connection to its mail server: complete, and right.

mod address;

use std::fmt;
use std::net::Ipv6Addr;

use url::Host;

pub use self::address::address;
use crate::Protocol;
use crate::office365::Encryption;

/// Where to connect, how, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What the server speaks.
    pub protocol: Protocol,
    /// Its name in ASCII.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected; none for not at all.
    pub encryption: Option<Encryption>,
    /// The login.
    pub login: String,
    /// The mailbox: the login's own, or one that it may use.
    pub mailbox: String,
}

/// How the connection is to be protected, as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The best for the port.
    Automatic,
    /// Not at all.
    None,
    /// This way.
    This(Encryption),
}

/// What is wrong with a setting; its text is `profile-...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is needed, and not there.
    Missing,
    /// A server's name holds blanks or signs that no name has.
    NoHost,
    /// It is a whole address, and the server's name alone is wanted.
    Scheme,
    /// Ports are numbers from 1 to 65535.
    Port,
    /// An address looks like `name@company.com`.
    NoAddress,
    /// A token is never sent in clear.
    TokenInClear,
    /// A profile on the SQL server knows no OAuth 2.0.
    TokenBySql,
    /// The protocol is not one for this.
    Protocol,
    /// Only the other kind of profile has such a setting.
    Elsewhere,
    /// The mail server is of a kind of its own, and no point is of it.
    Kind,
    /// It holds a control character: a line break in it would be the server's next command.
    Control,
    /// No password is kept where none is used: by a token, or by a profile on the SQL server.
    NoPassword,
}

impl Wrong {
    /// The end of its text's id.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoHost => "no-host",
            Self::Scheme => "scheme",
            Self::Port => "port",
            Self::NoAddress => "no-address",
            Self::TokenInClear => "token-in-clear",
            Self::TokenBySql => "token-by-sql",
            Self::Protocol => "protocol",
            Self::Elsewhere => "elsewhere",
            Self::Kind => "kind",
            Self::Control => "control",
            Self::NoPassword => "no-password",
        }
    }
}

/// What is right, and may yet not be what was meant; its text is `profile-...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The port is usual for another protocol.
    PortOf(&'static str),
    /// Exchange Online takes no submissions there.
    NotAtExchange,
    /// Who sends is not who logs in, so Send As is needed.
    SendAs,
    /// Login and password go over the network in clear.
    InClear,
}

impl Doubt {
    /// The end of its text's id.
    pub fn name(self) -> &'static str {
        match self {
            Self::PortOf(_) => "port-of",
            Self::NotAtExchange => "not-at-exchange",
            Self::SendAs => "send-as",
            Self::InClear => "in-clear",
        }
    }
}

/// The ports that mail is known by: RFC 8314, RFC 6409.
const USUAL: [(u16, Protocol, Option<Encryption>); 7] = [
    (25, Protocol::Smtp, Some(Encryption::StartTls)),
    (587, Protocol::Smtp, Some(Encryption::StartTls)),
    (465, Protocol::Smtp, Some(Encryption::Tls)),
    (143, Protocol::Imap, Some(Encryption::StartTls)),
    (993, Protocol::Imap, Some(Encryption::Tls)),
    (110, Protocol::Pop, Some(Encryption::StartTls)),
    (995, Protocol::Pop, Some(Encryption::Tls)),
];

impl Choice {
    /// What it comes to at this port: TLS from the first byte where that is usual, else STARTTLS. Never in clear unless
    /// that was chosen.
    pub fn at(self, port: u16) -> Option<Encryption> {
        match self {
            Self::None => None,
            Self::This(encryption) => Some(encryption),
            Self::Automatic => {
                let usual = USUAL.iter().find(|(usual, ..)| *usual == port);
                usual.map_or(Some(Encryption::StartTls), |(.., encryption)| *encryption)
            }
        }
    }
}

/// A server's name in ASCII (RFC 5890), or its address.
///
/// # Errors
/// [`Wrong::Missing`], [`Wrong::Scheme`], [`Wrong::NoHost`].
pub fn host(text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    if text.contains("://") {
        return Err(Wrong::Scheme);
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = bare.parse::<Ipv6Addr>() {
        return Ok(address.to_string());
    }
    match Host::parse(text) {
        Ok(Host::Domain(name)) => named(&name).ok_or(Wrong::NoHost),
        // Browsers take a number alone for an address too, and somebody may have written the port here.
        Ok(Host::Ipv4(address)) if text.parse() == Ok(address) => Ok(address.to_string()),
        Ok(_) | Err(_) => Err(Wrong::NoHost),
    }
}

/// A name in ASCII whose parts are as long as they may be (RFC 1035 § 2.3.4), without the dot of the root.
fn named(name: &str) -> Option<String> {
    const LONGEST_PART: usize = 63;
    const LONGEST: usize = 253;
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_part = |part: &str| (1..=LONGEST_PART).contains(&part.len());
    (name.len() <= LONGEST && name.split('.').all(is_part)).then(|| name.to_owned())
}

/// A port.
///
/// # Errors
/// [`Wrong::Port`].
pub fn port(number: u32) -> Result<u16, Wrong> {
    u16::try_from(number).ok().filter(|port| *port > 0).ok_or(Wrong::Port)
}

/// What a server is told as it stands: a login, a folder, a name.
///
/// # Errors
/// [`Wrong::Missing`], [`Wrong::Control`].
pub fn words(text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    if holds_control(text) { Err(Wrong::Control) } else { Ok(text.to_owned()) }
}

/// A password, of which nothing is cut off.
///
/// # Errors
/// [`Wrong::Missing`], [`Wrong::Control`].
pub fn password(text: &str) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    if holds_control(text) { Err(Wrong::Control) } else { Ok(()) }
}

/// Whether there is anything in it that ends a line or a text in a mail protocol, or that is an order to a terminal.
pub(crate) fn holds_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// What somebody should know of settings that are right.
pub fn doubts(settings: &Settings, sender: Option<&str>, by_token: bool) -> Vec<Doubt> {
    let usual = USUAL.iter().find(|(port, ..)| *port == settings.port);
    let of_another = usual.filter(|(_, protocol, _)| *protocol != settings.protocol);
    let at_exchange = settings.host.ends_with(".office365.com") || settings.host.ends_with(".outlook.com");
    let no_submission = at_exchange && settings.protocol == Protocol::Smtp && settings.port == 465;
    let another = |sender: &str| !sender.eq_ignore_ascii_case(&settings.login);
    [
        of_another.map(|(_, protocol, _)| Doubt::PortOf(protocol.name())),
        no_submission.then_some(Doubt::NotAtExchange),
        sender.is_some_and(another).then_some(Doubt::SendAs),
        (settings.encryption.is_none() && !by_token).then_some(Doubt::InClear),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The colons of an address of IPv6 are not the port's (RFC 3986 § 3.2.2).
        if self.host.contains(':') {
            return write!(f, "[{}]:{}", self.host, self.port);
        }
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_s_name_is_read_in_any_alphabet_and_nothing_else_is() {
        for (text, want) in [
            (" smtp.Office365.com ", Ok("smtp.office365.com")),
            ("poczta.żółw.pl", Ok("poczta.xn--w-uga1v8h.pl")),
            ("POCZTA.ŻÓŁW.PL.", Ok("poczta.xn--w-uga1v8h.pl")),
            ("xn--w-uga1v8h.pl", Ok("xn--w-uga1v8h.pl")),
            ("почта.рф", Ok("xn--80a1acny.xn--p1ai")),
            ("straße.de", Ok("xn--strae-oqa.de")),
            ("mail。firma．pl", Ok("mail.firma.pl")),
            ("poczta_1.firma.pl", Ok("poczta_1.firma.pl")),
            ("localhost", Ok("localhost")),
            ("10.0.0.7", Ok("10.0.0.7")),
            ("[FD00::1]", Ok("fd00::1")),
            ("fd00::1", Ok("fd00::1")),
            ("[[fd00::1", Err(Wrong::NoHost)),
            ("[fd00::1", Err(Wrong::NoHost)),
            ("fd00::1]", Err(Wrong::NoHost)),
            ("[fd00::1]:143", Err(Wrong::NoHost)),
            ("xn--a.pl", Err(Wrong::NoHost)),
            ("firma..pl", Err(Wrong::NoHost)),
            (".firma.pl", Err(Wrong::NoHost)),
            (&format!("{}.pl", "a".repeat(64)), Err(Wrong::NoHost)),
            (&"a.".repeat(150), Err(Wrong::NoHost)),
            ("587", Err(Wrong::NoHost)),
            ("10.7", Err(Wrong::NoHost)),
            ("256.0.0.1", Err(Wrong::NoHost)),
            ("biuro@firma.pl", Err(Wrong::NoHost)),
            ("smtp.firma.pl\u{0}", Err(Wrong::NoHost)),
            ("", Err(Wrong::Missing)),
            ("smtp://smtp.office365.com", Err(Wrong::Scheme)),
            ("smtp office365", Err(Wrong::NoHost)),
            ("smtp.office365.com:587", Err(Wrong::NoHost)),
            ("smtp.office365.com/", Err(Wrong::NoHost)),
        ] {
            assert_eq!(host(text), want.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn what_a_server_is_told_holds_no_control_character() {
        for (text, want) in [
            (" biuro \r\n", Ok("biuro".to_owned())),
            ("Faktury żółte", Ok("Faktury żółte".to_owned())),
            ("biuro\r\nDELE 1", Err(Wrong::Control)),
            ("biuro\0", Err(Wrong::Control)),
            ("bi\turo", Err(Wrong::Control)),
            ("bi\u{7f}uro", Err(Wrong::Control)),
            ("bi\u{85}uro", Err(Wrong::Control)),
            (" \n", Err(Wrong::Missing)),
        ] {
            assert_eq!(words(text), want, "{text:?}");
        }
        for (text, want) in [(" zażółć ", Ok(())), ("", Err(Wrong::Missing)), ("a\nb", Err(Wrong::Control))] {
            assert_eq!(password(text), want, "{text:?}");
        }
    }

    #[test]
    fn automatic_is_the_best_for_the_port_and_never_in_clear() {
        for (port, want) in [
            (25, Encryption::StartTls),
            (587, Encryption::StartTls),
            (465, Encryption::Tls),
            (143, Encryption::StartTls),
            (993, Encryption::Tls),
            (995, Encryption::Tls),
            (2525, Encryption::StartTls),
        ] {
            assert_eq!(Choice::Automatic.at(port), Some(want), "{port}");
        }
        assert_eq!(Choice::None.at(993), None);
        assert_eq!(Choice::This(Encryption::Tls).at(143), Some(Encryption::Tls));
        assert_eq!([0, 65_536].map(port), [Err(Wrong::Port); 2]);
        assert_eq!(port(587), Ok(587));
    }

    #[test]
    fn a_port_of_another_protocol_is_told_of_and_one_s_own_is_not() {
        let login = "anna@firma.pl".to_owned();
        for (port, its, encryption) in USUAL {
            for protocol in Protocol::ALL {
                let (host, mailbox) = ("poczta.firma.pl".to_owned(), login.clone());
                let settings = Settings { protocol, host, port, encryption, login: login.clone(), mailbox };
                let want: &[Doubt] = if protocol == its { &[] } else { &[Doubt::PortOf(its.name())] };
                assert_eq!(doubts(&settings, None, true), want, "{port} for {protocol}");
            }
        }
    }

    #[test]
    fn an_address_of_ipv6_stands_in_brackets_before_its_port() {
        let login = "anna@firma.pl".to_owned();
        let (host, mailbox) = ("fd00::1".to_owned(), login.clone());
        let settings = Settings { protocol: Protocol::Imap, host, port: 993, encryption: None, login, mailbox };
        assert_eq!(settings.to_string(), "[fd00::1]:993");
    }

    #[test]
    fn what_may_not_be_meant_is_told() {
        let check = |protocol, host: &str, port, encryption, sender, by_token, want: &[Doubt]| {
            let login = "anna@firma.pl".to_owned();
            let settings = Settings { protocol, host: host.into(), port, encryption, mailbox: login.clone(), login };
            assert_eq!(doubts(&settings, sender, by_token), want, "{settings}");
        };
        let tls = Some(Encryption::Tls);
        check(Protocol::Smtp, "smtp.office365.com", 587, tls, Some("Anna@firma.pl"), true, &[]);
        check(Protocol::Smtp, "smtp.office365.com", 993, tls, None, true, &[Doubt::PortOf("imap")]);
        check(Protocol::Smtp, "smtp.office365.com", 465, tls, None, true, &[Doubt::NotAtExchange]);
        check(Protocol::Smtp, "poczta.firma.pl", 465, tls, Some("faktury@firma.pl"), true, &[Doubt::SendAs]);
        check(Protocol::Imap, "poczta.firma.pl", 143, None, None, false, &[Doubt::InClear]);
        check(Protocol::Imap, "poczta.firma.pl", 587, tls, None, false, &[Doubt::PortOf("smtp")]);
    }
}
