//! What a mail server's refusal means, and who can do something about it.
//!
//! Sources: "Fix issues with mail flow: SMTP AUTH" and "Authenticated client SMTP submission"
//! (learn.microsoft.com/exchange), "Limits" (learn.microsoft.com/office365/servicedescriptions), the enhanced status
//! codes of RFC 3463, and the response codes of RFC 5530.

use std::time::Duration;

use crate::Protocol;

/// What was asked of the server when it refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing yet.
    Greeting,
    /// To let a login in.
    Authentication,
    /// To open a folder, or to count messages.
    Mailbox,
    /// To take a sender.
    Sender,
    /// To take a recipient.
    Recipient,
    /// To take a message.
    Message,
}

/// What a server has refused, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// SMTP AUTH is switched off for the organisation.
    SmtpAuthOffForTenant,
    /// SMTP AUTH is switched off for this mailbox.
    SmtpAuthOffForMailbox,
    /// Security defaults forbid SMTP AUTH.
    SecurityDefaults,
    /// An authentication policy or Conditional Access is not met.
    Policy,
    /// Passwords are not taken any more.
    PasswordsOff,
    /// The password is wrong, or none is taken any more.
    Password,
    /// Login and token do not open this mailbox by this protocol.
    NotLetIn,
    /// The token has too little life left for this server.
    TokenEndsSoon,
    /// The login is good, and the mailbox cannot be opened by it.
    NoAccess,
    /// The sender is not the login's own, and Send As was not given.
    SendAs,
    /// The recipient is not taken.
    Recipient,
    /// More than three submissions at a time.
    TooManyAtATime,
    /// Too much in too short a time; for so long, where the server says how long.
    Throttled(Option<Duration>),
    /// Nothing is taken from this mailbox for now, since too much of it has failed.
    HeldUp,
    /// The day's number of recipients is used up.
    Quota,
    /// The sender's mailbox is full: what is sent is kept there.
    Full,
    /// The server wants a login, and was not given one.
    NotLoggedIn,
    /// There is no such folder.
    NoFolder,
    /// Another program has the mailbox open.
    InUse,
    /// The server cannot just now.
    Unavailable,
    /// Something else.
    Other,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The organisation's administrator.
    Admin,
    /// Whoever made these settings.
    Settings,
    /// Nobody: it passes.
    Nobody,
}

/// Words of the server, in lower case, with what they mean; the first that fits counts.
const WORDS: [(&str, Refusal); 28] = [
    ("smtpclientauthentication is disabled for the tenant", Refusal::SmtpAuthOffForTenant),
    ("smtpclientauthentication is disabled for the mailbox", Refusal::SmtpAuthOffForMailbox),
    ("security defaults policy", Refusal::SecurityDefaults),
    ("did not meet the criteria", Refusal::Policy),
    ("basic authentication is not supported", Refusal::PasswordsOff),
    ("basic authentication is disabled", Refusal::PasswordsOff),
    ("token will expire soon", Refusal::TokenEndsSoon),
    ("authenticated but not connected", Refusal::NoAccess),
    ("mapiexceptionlogonfailed", Refusal::NoAccess),
    ("[noperm]", Refusal::NoAccess),
    ("[authorizationfailed]", Refusal::NoAccess),
    ("sendasdenied", Refusal::SendAs),
    ("permissions to send as this sender", Refusal::SendAs),
    ("not owned by user", Refusal::SendAs),
    ("concurrent connections limit", Refusal::TooManyAtATime),
    ("sender thread limit", Refusal::TooManyAtATime),
    ("submissionquotaexceeded", Refusal::Quota),
    ("[nonexistent]", Refusal::NoFolder),
    ("[trycreate]", Refusal::NoFolder),
    ("[in-use]", Refusal::InUse),
    ("[inuse]", Refusal::InUse),
    ("[unavailable]", Refusal::Unavailable),
    ("[serverbug]", Refusal::Unavailable),
    ("[limit]", Refusal::Unavailable),
    ("too many simultaneous", Refusal::Unavailable),
    ("too many connections", Refusal::Unavailable),
    ("[sys/temp]", Refusal::Unavailable),
    ("server unavailable", Refusal::Unavailable),
];

/// How servers say, to whoever opens a folder, that there is none of that name, where they give no code.
const NO_FOLDER: [&str; 5] = ["n't exist", "not exist", "no such", "not found", "unknown mailbox"];

/// Enhanced status codes (RFC 3463), which stand behind a reply's code and mean nothing elsewhere: an address may look like one.
const STATUS: [(&str, Refusal); 10] = [
    ("5.7.30", Refusal::PasswordsOff),
    ("5.2.252", Refusal::SendAs),
    ("5.7.60", Refusal::SendAs),
    ("5.2.251", Refusal::HeldUp),
    ("5.2.253", Refusal::HeldUp),
    ("5.2.254", Refusal::HeldUp),
    ("5.2.255", Refusal::HeldUp),
    ("5.7.233", Refusal::Quota),
    ("5.2.2", Refusal::Full),
    ("5.7.57", Refusal::NotLoggedIn),
];

impl Refusal {
    /// Every meaning.
    pub const ALL: [Self; 21] = [
        Self::SmtpAuthOffForTenant,
        Self::SmtpAuthOffForMailbox,
        Self::SecurityDefaults,
        Self::Policy,
        Self::PasswordsOff,
        Self::Password,
        Self::NotLetIn,
        Self::TokenEndsSoon,
        Self::NoAccess,
        Self::SendAs,
        Self::Recipient,
        Self::TooManyAtATime,
        Self::Throttled(None),
        Self::HeldUp,
        Self::Quota,
        Self::Full,
        Self::NotLoggedIn,
        Self::NoFolder,
        Self::InUse,
        Self::Unavailable,
        Self::Other,
    ];

    /// The meaning of the line with which a server has refused; with any XOAUTH2 error challenge already answered.
    pub fn of(protocol: Protocol, stage: Stage, line: &str) -> Self {
        let line = line.to_ascii_lowercase();
        if line.contains("is throttled") {
            return Self::Throttled(backoff(&line));
        }
        if let Some((_, meaning)) = WORDS.iter().find(|(words, _)| line.contains(words)) {
            return *meaning;
        }
        let status = line.split(' ').nth(1).filter(|_| protocol == Protocol::Smtp);
        if let Some((_, meaning)) = STATUS.iter().find(|(code, _)| Some(*code) == status) {
            return *meaning;
        }
        let is_passing = protocol == Protocol::Smtp && line.starts_with('4');
        match stage {
            _ if is_passing => Self::Unavailable,
            Stage::Authentication => Self::NotLetIn,
            Stage::Mailbox if NO_FOLDER.iter().any(|words| line.contains(words)) => Self::NoFolder,
            Stage::Recipient => Self::Recipient,
            Stage::Greeting | Stage::Mailbox | Stage::Sender | Stage::Message => Self::Other,
        }
    }

    /// The same where a password was to open the mailbox, and no token.
    pub(crate) fn by_password(self) -> Self {
        if self == Self::NotLetIn { Self::Password } else { self }
    }

    /// Whose turn it is to do something about it.
    pub fn turn(self) -> Turn {
        match self {
            Self::SmtpAuthOffForTenant
            | Self::SmtpAuthOffForMailbox
            | Self::SecurityDefaults
            | Self::Policy
            | Self::NotLetIn
            | Self::NoAccess
            | Self::SendAs
            | Self::Full => Turn::Admin,
            Self::PasswordsOff
            | Self::Password
            | Self::HeldUp
            | Self::Recipient
            | Self::NotLoggedIn
            | Self::NoFolder
            | Self::Other => Turn::Settings,
            Self::TokenEndsSoon
            | Self::TooManyAtATime
            | Self::Throttled(_)
            | Self::Quota
            | Self::InUse
            | Self::Unavailable => Turn::Nobody,
        }
    }

    /// The end of the ids of its texts: `refusal-...` tells what it means, its attribute `action` what to do.
    pub fn name(self) -> &'static str {
        match self {
            Self::SmtpAuthOffForTenant => "smtp-auth-off-tenant",
            Self::SmtpAuthOffForMailbox => "smtp-auth-off-mailbox",
            Self::SecurityDefaults => "security-defaults",
            Self::Policy => "policy",
            Self::PasswordsOff => "passwords-off",
            Self::Password => "password",
            Self::NotLetIn => "not-let-in",
            Self::TokenEndsSoon => "token-ends-soon",
            Self::NoAccess => "no-access",
            Self::SendAs => "send-as",
            Self::Recipient => "recipient",
            Self::TooManyAtATime => "too-many-at-a-time",
            Self::Throttled(_) => "throttled",
            Self::HeldUp => "held-up",
            Self::Quota => "quota",
            Self::Full => "full",
            Self::NotLoggedIn => "not-logged-in",
            Self::NoFolder => "no-folder",
            Self::InUse => "in-use",
            Self::Unavailable => "unavailable",
            Self::Other => "other",
        }
    }
}

/// Whether a word is an enhanced status code: class, subject and detail (RFC 3463 § 2).
pub(crate) fn is_status(word: &str) -> bool {
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = word.split('.');
    matches!(parts.next(), Some("2" | "4" | "5"))
        && parts.by_ref().take(2).filter(|it| is_number(it)).count() == 2
        && parts.next().is_none()
}

/// `Suggested Backoff Time: 289182 milliseconds`.
fn backoff(line: &str) -> Option<Duration> {
    let (_, after) = line.split_once("backoff time:")?;
    let number = after.trim_start().split(|sign: char| !sign.is_ascii_digit()).next()?;
    number.parse().ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(protocol: Protocol, stage: Stage, line: &str, want: Refusal) {
        assert_eq!(Refusal::of(protocol, stage, line), want, "{line}");
    }

    #[test]
    fn exchange_online_s_refusals_of_smtp_are_understood() {
        let refuses = |line, want| check(Protocol::Smtp, Stage::Authentication, line, want);
        refuses(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [FR3P281CA0001.DEUP281.PROD.OUTLOOK.COM]",
            Refusal::SmtpAuthOffForTenant,
        );
        refuses(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
            Refusal::SmtpAuthOffForMailbox,
        );
        refuses(
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
            Refusal::SecurityDefaults,
        );
        refuses(
            "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
            Refusal::Policy,
        );
        refuses("535 5.7.3 Authentication unsuccessful [host]", Refusal::NotLetIn);
        refuses("550 5.7.30 Basic authentication is not supported for Client Submission.", Refusal::PasswordsOff);
        refuses("501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon", Refusal::TokenEndsSoon);
        refuses("454 4.7.0 Temporary authentication failure", Refusal::Unavailable);
        refuses(
            "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending",
            Refusal::TooManyAtATime,
        );
    }

    #[test]
    fn refusals_of_a_message_are_told_apart() {
        let refuses = |stage, line, want| check(Protocol::Smtp, stage, line, want);
        refuses(Stage::Sender, "530 5.7.57 Client not authenticated to send mail.", Refusal::NotLoggedIn);
        refuses(
            Stage::Message,
            "554 5.2.252 SendAsDenied; alice@contoso.com not allowed to send as faktury@contoso.com",
            Refusal::SendAs,
        );
        refuses(
            Stage::Recipient,
            "553 5.7.1 <bob@firma.pl>: Sender address rejected: not owned by user alice@firma.pl",
            Refusal::SendAs,
        );
        refuses(
            Stage::Recipient,
            "550 5.1.1 <nobody@firma.pl>: Recipient address rejected: User unknown",
            Refusal::Recipient,
        );
        refuses(
            Stage::Message,
            "430 4.2.0 STOREDRV; mailbox logon failure; MapiExceptionLogonFailed",
            Refusal::NoAccess,
        );
        refuses(
            Stage::Message,
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
            Refusal::Quota,
        );
        refuses(Stage::Sender, "550 5.2.254 Sender throttled due to continuous invalid recipients", Refusal::HeldUp);
        refuses(Stage::Message, "554 5.2.2 mailbox full", Refusal::Full);
        refuses(Stage::Message, "451 4.3.0 try later", Refusal::Unavailable);
        refuses(Stage::Message, "554 5.6.0 no", Refusal::Other);
        refuses(Stage::Message, "554 5.2.255 Too many failed", Refusal::HeldUp);
        refuses(
            Stage::Message,
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
            Refusal::SendAs,
        );
        refuses(Stage::Sender, "501 5.1.7 Invalid address", Refusal::Other);
        refuses(Stage::Sender, "550 5.7.233 the tenant's recipients of today", Refusal::Quota);
    }

    #[test]
    fn an_address_of_the_network_is_no_status_code() {
        let refuses = |stage, line, want| check(Protocol::Smtp, stage, line, want);
        refuses(Stage::Recipient, "550 5.1.1 no such user [15.2.252.7]", Refusal::Recipient);
        refuses(Stage::Message, "554 5.6.0 from 5.2.2 by 10.5.7.57", Refusal::Other);
        refuses(Stage::Authentication, "535 no [85.7.30 ]", Refusal::NotLetIn);
        check(Protocol::Pop, Stage::Authentication, "-ERR 5.7.57 no", Refusal::NotLetIn);
        for (word, want) in [("5.7.57", true), ("4.3.2", true), ("10.5.7", false), ("5.7.57.1", false), ("5.7", false)]
        {
            assert_eq!(is_status(word), want, "{word}");
        }
    }

    #[test]
    fn refusals_of_imap_and_pop_are_told_apart() {
        let imap = |stage, line, want| check(Protocol::Imap, stage, line, want);
        imap(Stage::Authentication, "a1 NO AUTHENTICATE failed.", Refusal::NotLetIn);
        imap(Stage::Mailbox, "a2 BAD User is authenticated but not connected.", Refusal::NoAccess);
        imap(Stage::Mailbox, "a2 NO [NONEXISTENT] Unknown Mailbox: Faktury", Refusal::NoFolder);
        imap(Stage::Mailbox, "a2 NO Faktury doesn't exist.", Refusal::NoFolder);
        imap(Stage::Mailbox, "a2 NO Mailbox does not exist", Refusal::NoFolder);
        imap(Stage::Mailbox, "a2 NO [NOPERM] Permission denied", Refusal::NoAccess);
        imap(Stage::Authentication, "a1 NO [AUTHORIZATIONFAILED] not for you", Refusal::NoAccess);
        imap(Stage::Mailbox, "a2 NO [SERVERBUG] Internal error", Refusal::Unavailable);
        imap(Stage::Mailbox, "a2 NO [INUSE] Mailbox in use", Refusal::InUse);
        imap(Stage::Mailbox, "a2 NO not today", Refusal::Other);
        imap(Stage::Authentication, "BYE [LIMIT] Maximum number of connections exceeded", Refusal::Unavailable);
        imap(Stage::Authentication, "a1 NO Server Unavailable. 15", Refusal::Unavailable);
        imap(Stage::Authentication, "a1 NO [UNAVAILABLE] Temporary authentication failure.", Refusal::Unavailable);
        let pop = |line, want| check(Protocol::Pop, Stage::Authentication, line, want);
        pop("-ERR Authentication failure: unknown user name or bad password.", Refusal::NotLetIn);
        pop("-ERR [IN-USE] Mailbox is locked by another POP3 session", Refusal::InUse);
        pop("-ERR [SYS/TEMP] try later", Refusal::Unavailable);
    }

    #[test]
    fn a_throttled_login_says_for_how_long() {
        let line = |rest: &str| format!("a1 NO Request is throttled.{rest}");
        let of = |line: &str| Refusal::of(Protocol::Imap, Stage::Authentication, line);
        assert_eq!(
            of(&line(" Suggested Backoff Time: 289182 milliseconds")),
            Refusal::Throttled(Some(Duration::from_millis(289_182)))
        );
        assert_eq!(of(&line("")), Refusal::Throttled(None));
        assert_eq!(of(&line(" Suggested Backoff Time: soon")), Refusal::Throttled(None));
    }
}
