//! Where Exchange Online serves mail, and which permissions it wants, in each of Microsoft's clouds.
//!
//! Sources: "POP, IMAP, and SMTP settings" (support.microsoft.com) and "Authenticate an IMAP, POP or SMTP connection
//! using OAuth" (learn.microsoft.com/exchange/client-developer/legacy-protocols) for the global cloud; the endpoint
//! lists of Microsoft 365 for GCC High and 21Vianet (learn.microsoft.com/microsoft-365/enterprise) for the national
//! clouds' hosts. Their submission hosts and scopes are those that programs in use there are set to.

use std::fmt;
use std::str::FromStr;

use crate::Protocol;

/// A Microsoft cloud. An organisation lives in one of them, and an application is registered in each apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Cloud {
    /// The one nearly everybody uses.
    #[default]
    Global,
    /// Microsoft 365 for the United States government, GCC High.
    UsGovernment,
    /// Microsoft 365 in China, run by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud.
    pub const ALL: [Self; 3] = [Self::Global, Self::UsGovernment, Self::China];

    /// The name used in the configuration and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGovernment => "us-government",
            Self::China => "china",
        }
    }

    /// The server that speaks `protocol`.
    pub fn server(self, protocol: Protocol) -> Server {
        let host = match (self, protocol) {
            (Self::Global, Protocol::Imap | Protocol::Pop) => "outlook.office365.com",
            (Self::Global, Protocol::Smtp) => "smtp.office365.com",
            (Self::UsGovernment, Protocol::Imap | Protocol::Pop) => "outlook.office365.us",
            (Self::UsGovernment, Protocol::Smtp) => "smtp.office365.us",
            (Self::China, Protocol::Imap | Protocol::Pop) => "partner.outlook.cn",
            (Self::China, Protocol::Smtp) => "smtp.partner.outlook.cn",
        };
        let (port, encryption) = match protocol {
            Protocol::Imap => (993, Encryption::Tls),
            Protocol::Pop => (995, Encryption::Tls),
            Protocol::Smtp => (587, Encryption::StartTls),
        };
        Server { host, port, encryption }
    }

    /// Whether it is one of the servers that Microsoft has for mail in any cloud.
    pub fn has(host: &str) -> bool {
        let mut servers = Self::ALL.iter().flat_map(|cloud| Protocol::ALL.map(|protocol| cloud.server(protocol).host));
        servers.any(|known| known.eq_ignore_ascii_case(host))
    }

    /// The delegated permission that a token must carry for `protocol`.
    pub fn scope(self, protocol: Protocol) -> &'static str {
        macro_rules! scopes {
            ($resource:literal) => {
                match protocol {
                    Protocol::Imap => concat!($resource, "/IMAP.AccessAsUser.All"),
                    Protocol::Pop => concat!($resource, "/POP.AccessAsUser.All"),
                    Protocol::Smtp => concat!($resource, "/SMTP.Send"),
                }
            };
        }
        match self {
            Self::Global => scopes!("https://outlook.office.com"),
            Self::UsGovernment => scopes!("https://outlook.office365.us"),
            Self::China => scopes!("https://partner.outlook.cn"),
        }
    }

    /// The permissions for all of mail. They belong to one resource, so one token carries them all.
    pub fn mail_scopes(self) -> [&'static str; 3] {
        Protocol::ALL.map(|protocol| self.scope(protocol))
    }
}

impl fmt::Display for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Cloud {
    type Err = UnknownCloud;

    fn from_str(name: &str) -> Result<Self, UnknownCloud> {
        Self::ALL.into_iter().find(|cloud| cloud.name() == name).ok_or(UnknownCloud)
    }
}

/// A name that is none of the clouds'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cloud is not global, us-government or china")]
pub struct UnknownCloud;

/// Where one protocol of mail is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// Its DNS name.
    pub host: &'static str,
    /// Its TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// A connection in clear that turns to TLS before anything secret is said (RFC 3207).
    StartTls,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_servers_are_those_microsoft_names() {
        for (protocol, host, port, encryption) in [
            (Protocol::Imap, "outlook.office365.com", 993, Encryption::Tls),
            (Protocol::Pop, "outlook.office365.com", 995, Encryption::Tls),
            (Protocol::Smtp, "smtp.office365.com", 587, Encryption::StartTls),
        ] {
            let want = Server { host, port, encryption };
            assert_eq!(Cloud::Global.server(protocol), want);
        }
    }

    #[test]
    fn global_scopes_are_those_microsoft_names() {
        assert_eq!(
            Cloud::Global.mail_scopes(),
            [
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/POP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
            ]
        );
    }

    #[test]
    fn the_scopes_of_a_cloud_belong_to_one_resource() {
        for (cloud, resource) in [
            (Cloud::Global, "https://outlook.office.com/"),
            (Cloud::UsGovernment, "https://outlook.office365.us/"),
            (Cloud::China, "https://partner.outlook.cn/"),
        ] {
            for scope in cloud.mail_scopes() {
                assert!(scope.starts_with(resource), "{cloud}: {scope}");
            }
        }
    }

    #[test]
    fn every_name_is_read_back() {
        for cloud in Cloud::ALL {
            assert_eq!(cloud.to_string().parse(), Ok(cloud));
        }
        assert_eq!("germany".parse::<Cloud>(), Err(UnknownCloud));
    }
}
