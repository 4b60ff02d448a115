//! Tries a connection to a mail server step by step, and tells each step as it is done.
//!
//! Each step is bounded in time and in what it reads. The dialogue is our own: a library would hide which step it was, and the
//! server's words.

mod connecting;
mod folder;
mod imap;
mod mask;
mod name;
mod pop;
mod proof;
mod smtp;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::ClientConfig;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use self::mask::Mask;
#[cfg(any(test, fuzzing))]
use self::wire::Duplex;
use self::wire::Wire;
use crate::Protocol;
use crate::office365::Encryption;
use crate::refusal::Refusal;
use crate::settings::{Settings, holds_control};

/// Nobody waits for a server that does not let go.
const FAREWELL_LIMIT: Duration = Duration::from_secs(2);

/// What is to be tried.
#[derive(Debug)]
pub struct Plan {
    /// Where to, and as whom.
    pub settings: Settings,
    /// What proves it.
    pub secret: Secret,
    /// What to do once the login is in.
    pub then: Then,
    /// For how long each step is waited for; for a message's acceptance fifteen times as long.
    pub patience: Duration,
}

/// What proves who logs in.
#[derive(Debug)]
pub enum Secret {
    /// An access token.
    Token(SecretString),
    /// A password.
    Password(SecretString),
}

/// What to do once the login is in.
#[derive(Debug)]
pub enum Then {
    /// Open this folder for reading alone, or ask how many messages there are.
    Count {
        /// The folder, by IMAP.
        folder: String,
    },
    /// Have sender and recipient accepted, and send nothing.
    Address {
        /// The sender.
        from: String,
        /// The recipient.
        to: String,
    },
    /// Send this message.
    Send {
        /// The sender.
        from: String,
        /// The recipient.
        to: String,
        /// The message (RFC 5322) with CRLF line ends.
        message: Vec<u8>,
    },
}

/// One of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The server's name is looked up.
    Name,
    /// A connection is made.
    Tcp,
    /// It is encrypted.
    Tls,
    /// The server greets.
    Greeting,
    /// It says what it can do.
    Capabilities,
    /// It lets the login in.
    Authentication,
    /// It opens the folder, or counts.
    Mailbox,
    /// It takes the sender.
    Sender,
    /// It takes the recipient.
    Recipient,
    /// It takes the message.
    Message,
}

impl Kind {
    /// A server looks at a message before it takes it, and whoever gives up sends it twice (RFC 5321 § 4.5.3.2.6).
    fn slowness(self) -> u32 {
        if self == Self::Message { 15 } else { 1 }
    }

    /// Its name at the local endpoint, and the end of its text's id.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Capabilities => "capabilities",
            Self::Authentication => "authentication",
            Self::Mailbox => "mailbox",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Message => "message",
        }
    }
}

/// A step that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: Kind,
    /// How long it took.
    pub took: Duration,
    /// What the server said or what was found, in its own words; or why it is the last step.
    pub outcome: Result<String, Failure>,
}

/// Why a step failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The name is not known.
    NoName,
    /// Whether the name is known was not to be learned: no name server answers.
    NameUnanswered,
    /// There is no way there: this computer is not in a network.
    NoNetwork,
    /// Nobody listens there, or the way is barred.
    NoConnection,
    /// Nothing came in time.
    Timeout,
    /// The server hung up.
    Closed,
    /// There is no secure connection: the certificate, or what was spoken.
    Tls(String),
    /// What came is not this protocol.
    Garbage(String),
    /// Nor is this, which no one line shows: what it is, in words of ours.
    Unruly(&'static str),
    /// What was to be said holds a control character, which would be the server's next command; it was not said.
    Unsayable,
    /// The server does not offer what is needed.
    NotOffered(&'static str),
    /// It takes no address with letters of another alphabet before the `@` (RFC 6531).
    NoAlphabet,
    /// The server said no.
    Refused {
        /// What it means.
        meaning: Refusal,
        /// Its words.
        line: String,
    },
}

/// Goes through the steps, up to the first that fails; says whether all went well.
pub async fn run(plan: &Plan, tls: &Arc<ClientConfig>, tell: &mut (dyn FnMut(Step) + Send)) -> bool {
    let mut course = Course { tell, patience: plan.patience, mask: Mask::of(plan) };
    course.run(plan, tls).await.is_ok()
}

/// The same with a server that is connected already.
#[cfg(any(test, fuzzing))]
pub(crate) async fn run_on(
    plan: &Plan,
    stream: impl Duplex + 'static,
    tls: &Arc<ClientConfig>,
    tell: &mut (dyn FnMut(Step) + Send),
) -> bool {
    let mut course = Course { tell, patience: plan.patience, mask: Mask::of(plan) };
    course.talk(plan, Wire::new(stream), tls).await.is_ok()
}

/// It has been told why.
struct Stopped;

struct Course<'t> {
    tell: &'t mut (dyn FnMut(Step) + Send),
    patience: Duration,
    mask: Mask,
}

impl Course<'_> {
    async fn run(&mut self, plan: &Plan, tls: &Arc<ClientConfig>) -> Result<(), Stopped> {
        let Settings { host, port, .. } = &plan.settings;
        let addresses = self
            .step(Kind::Name, async {
                let found = name::look_up(host, *port).await?;
                let first = found.first().map(|address| address.ip().to_string()).unwrap_or_default();
                Ok((found, first))
            })
            .await?;
        // A little less than the step has, so that there is time to tell which address said what.
        let patience = self.patience - self.patience / 20;
        let stream = self
            .step(Kind::Tcp, async {
                let stream = connecting::connect(&addresses, patience).await?;
                let peer = stream.peer_addr().map(|peer| peer.to_string()).unwrap_or_default();
                Ok((stream, peer))
            })
            .await?;
        self.talk(plan, Wire::new(stream), tls).await
    }

    async fn talk(&mut self, plan: &Plan, mut wire: Wire, tls: &Arc<ClientConfig>) -> Result<(), Stopped> {
        let Plan { settings, secret, then, .. } = plan;
        let Settings { protocol, host, encryption, .. } = settings;
        if *encryption == Some(Encryption::Tls) {
            wire = self.step(Kind::Tls, wire.secured(host, tls)).await?;
        }
        self.step(Kind::Greeting, greeting(*protocol, &mut wire)).await?;
        let mut capabilities = self.step(Kind::Capabilities, capabilities(*protocol, &mut wire)).await?;
        if *encryption == Some(Encryption::StartTls) {
            let upgrade = async {
                start_tls(*protocol, &mut wire, &capabilities).await?;
                wire.secured(host, tls).await
            };
            wire = self.step(Kind::Tls, upgrade).await?;
            // What was said in clear may have been said by anybody (RFC 3207 § 4.2, RFC 2595 § 3.1).
            capabilities = self.step(Kind::Capabilities, self::capabilities(*protocol, &mut wire)).await?;
        }
        let wire = &mut wire;
        self.step(Kind::Authentication, log_in(settings, wire, &capabilities, secret)).await?;
        match (protocol, then) {
            (Protocol::Imap, Then::Count { folder }) => self.step(Kind::Mailbox, imap::count(wire, folder)).await?,
            (Protocol::Pop, _) => self.step(Kind::Mailbox, pop::count(wire)).await?,
            (Protocol::Smtp, Then::Address { from, to } | Then::Send { from, to, .. }) => {
                self.step(Kind::Sender, smtp::sender(wire, &capabilities, [from, to])).await?;
                self.step(Kind::Recipient, smtp::recipient(wire, to)).await?;
                if let Then::Send { message, .. } = then {
                    self.step(Kind::Message, smtp::message(wire, message)).await?;
                }
            }
            (Protocol::Imap | Protocol::Smtp, _) => {}
        }
        // Whether it hears that does not matter any more.
        let _ = timeout(FAREWELL_LIMIT, farewell(*protocol, wire)).await;
        Ok(())
    }

    async fn step<T>(
        &mut self,
        kind: Kind,
        work: impl Future<Output = Result<(T, String), Failure>>,
    ) -> Result<T, Stopped> {
        let begun = Instant::now();
        let done = timeout(self.patience * kind.slowness(), work).await.unwrap_or(Err(Failure::Timeout));
        let took = begun.elapsed();
        let (value, outcome) = match done {
            Ok((value, words)) => (Ok(value), Ok(words)),
            Err(failure) => (Err(Stopped), Err(failure)),
        };
        (self.tell)(Step { kind, took, outcome: self.mask.over(outcome) });
        value
    }
}

async fn greeting(protocol: Protocol, wire: &mut Wire) -> Result<((), String), Failure> {
    match protocol {
        Protocol::Imap => imap::greeting(wire).await,
        Protocol::Pop => pop::greeting(wire).await,
        Protocol::Smtp => smtp::greeting(wire).await,
    }
}

/// The capabilities in capitals, each a word or a word and its parameters.
async fn capabilities(protocol: Protocol, wire: &mut Wire) -> Result<(Vec<String>, String), Failure> {
    let offered = match protocol {
        Protocol::Imap => imap::capabilities(wire).await?,
        Protocol::Pop => pop::capabilities(wire).await?,
        Protocol::Smtp => smtp::capabilities(wire).await?,
    };
    let words = offered.join(", ");
    Ok((offered, words))
}

async fn start_tls(protocol: Protocol, wire: &mut Wire, capabilities: &[String]) -> Result<(), Failure> {
    let command = match protocol {
        Protocol::Imap | Protocol::Smtp => "STARTTLS",
        Protocol::Pop => "STLS",
    };
    if !capabilities.iter().any(|capability| capability == command) {
        return Err(Failure::NotOffered(command));
    }
    match protocol {
        Protocol::Imap => imap::start_tls(wire, command).await,
        Protocol::Pop => pop::start_tls(wire, command).await,
        Protocol::Smtp => smtp::start_tls(wire, command).await,
    }
}

async fn log_in(
    settings: &Settings,
    wire: &mut Wire,
    capabilities: &[String],
    secret: &Secret,
) -> Result<((), String), Failure> {
    // Base64 would hide it from the wire.
    let (Secret::Token(proof) | Secret::Password(proof)) = secret;
    if [&settings.login, &settings.mailbox, proof.expose_secret()].into_iter().any(holds_control) {
        return Err(Failure::Unsayable);
    }
    let said = match settings.protocol {
        Protocol::Imap => imap::log_in(wire, capabilities, settings, secret).await,
        Protocol::Pop => pop::log_in(wire, capabilities, settings, secret).await,
        Protocol::Smtp => smtp::log_in(wire, capabilities, settings, secret).await,
    };
    match (said, secret) {
        (Err(Failure::Refused { meaning, line }), Secret::Password(_)) => {
            Err(Failure::Refused { meaning: meaning.by_password(), line })
        }
        (said, _) => Ok(((), said?)),
    }
}

async fn farewell(protocol: Protocol, wire: &mut Wire) -> Result<(), Failure> {
    wire.say(match protocol {
        Protocol::Imap => "z LOGOUT",
        Protocol::Pop | Protocol::Smtp => "QUIT",
    })
    .await?;
    wire.line().await.map(drop)
}

/// Whether a server offers this mechanism: `AUTH=X` by IMAP, in the words after `AUTH` or `SASL` elsewhere.
fn offers(capabilities: &[String], list: &str, mechanism: &str) -> bool {
    let in_list = |capability: &String| {
        let mut words = capability.split([' ', '=']);
        words.next() == Some(list) && words.any(|word| word == mechanism)
    };
    capabilities.iter().any(in_list)
}
