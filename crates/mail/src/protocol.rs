use std::fmt;
use std::str::FromStr;

/// A protocol of mail that a token can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    /// Reading mail on the server (RFC 9051).
    Imap,
    /// Fetching mail from the server (RFC 1939).
    Pop,
    /// Sending mail (RFC 6409).
    Smtp,
}

impl Protocol {
    /// Every protocol.
    pub const ALL: [Self; 3] = [Self::Imap, Self::Pop, Self::Smtp];

    /// The name used at the local endpoint and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imap => "imap",
            Self::Pop => "pop",
            Self::Smtp => "smtp",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Protocol {
    type Err = UnknownProtocol;

    fn from_str(name: &str) -> Result<Self, UnknownProtocol> {
        Self::ALL.into_iter().find(|protocol| protocol.name() == name).ok_or(UnknownProtocol)
    }
}

/// A name that is none of `imap`, `pop` and `smtp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the protocol is not imap, pop or smtp")]
pub struct UnknownProtocol;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for protocol in Protocol::ALL {
            assert_eq!(protocol.to_string().parse(), Ok(protocol));
        }
        for name in ["", "IMAP", "pop3", "imaps"] {
            assert_eq!(name.parse::<Protocol>(), Err(UnknownProtocol), "{name}");
        }
    }
}
