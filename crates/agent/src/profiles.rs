//! Profiles as they are written, made into connections that are complete and right.

use broker::AccountName;
use ipc::{Authentication, Message, Profile, ProfileEncryption, ProfileKind, Sender};
use mail::Protocol;
use mail::office365::{Cloud, Encryption, Server};
use mail::settings::{self, Choice, Doubt, Settings, Wrong};

/// The id of the one profile for outgoing mail.
pub(crate) const MAIL_SERVER: &str = "mail_server";
const INBOX: &str = "INBOX";

/// A profile that a component can work by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) settings: Settings,
    pub(crate) by: By,
    /// For outgoing mail.
    pub(crate) sender: Option<Sender>,
    /// For incoming mail by IMAP.
    pub(crate) folder: Option<String>,
}

/// What proves who logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Password,
    /// An access token of this account.
    Token(AccountName),
}

/// A setting by its name, and what is wrong with it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) field: &'static str,
    pub(crate) wrong: Wrong,
}

impl Mistake {
    pub(crate) fn said(&self) -> Message {
        Message::new(format!("profile-{}", self.wrong.name()))
    }
}

/// The name that a token's login goes by at the server: IMAP and POP3 open the mailbox named, SMTP knows the login alone.
pub(crate) fn user(settings: &Settings) -> &str {
    match settings.protocol {
        Protocol::Imap | Protocol::Pop => &settings.mailbox,
        Protocol::Smtp => &settings.login,
    }
}

/// The account whose tokens a profile works by, as it is written there: the one that is named, or the login's.
pub(crate) fn account(profile: &Profile) -> Option<&str> {
    let is_by_token = profile.authentication == Authentication::OAuth2;
    is_by_token.then(|| given(&profile.account).or_else(|| given(&profile.login)).unwrap_or_default())
}

/// Whether it names the account, and does not leave that to its login.
pub(crate) fn names_account(profile: &Profile) -> bool {
    given(&profile.account).is_some()
}

/// Whether a profile can do its work. Where the SQL server sends, that is its profile's name, and there is nothing to connect to.
pub(crate) fn complete(profile: &Profile, cloud: Cloud) -> Result<Option<Connection>, Vec<Mistake>> {
    if !profile.is_by_sql() {
        return connection(profile, cloud).map(Some);
    }
    let mut form = Form::default();
    if profile.authentication == Authentication::OAuth2 {
        form.mistake("authentication", Wrong::TokenBySql);
    }
    form.take("sql_profile", settings::words(profile.sql_profile.as_deref().unwrap_or_default()));
    if form.0.is_empty() { Ok(None) } else { Err(form.0) }
}

/// The connection that a profile describes, or everything that is wrong with it, in the order of the form. What it leaves open is
/// Exchange Online's in this cloud.
pub(crate) fn connection(profile: &Profile, cloud: Cloud) -> Result<Connection, Vec<Mistake>> {
    let mut form = Form::default();
    misplaced(profile).for_each(|field| form.mistake(field, Wrong::Elsewhere));
    let is_outgoing = profile.kind == ProfileKind::MailServer;
    let by_token = profile.authentication == Authentication::OAuth2;
    let sender = is_outgoing.then(|| form.sender(profile));
    if by_token && profile.is_by_sql() {
        form.mistake("authentication", Wrong::TokenBySql);
    }
    let protocol = form.protocol(profile, is_outgoing);
    let proposed = cloud.server(protocol);
    let by_default = |text: &str| if by_token { text.to_owned() } else { String::new() };
    let host = profile.server.clone().unwrap_or_else(|| by_default(proposed.host));
    let host = form.take("server", settings::host(&host));
    let port = profile.port.unwrap_or_else(|| initial_port(protocol, by_token.then_some(proposed)).into());
    let port = form.take("port", settings::port(port));
    let encryption = choice(profile.encryption).at(port);
    if by_token && encryption.is_none() {
        form.mistake("encryption", Wrong::TokenInClear);
    }
    let login = profile.login.as_deref().unwrap_or_default();
    // Whatever a server lets in by a password may be a login; a token's is an address.
    let login = form.take("login", if by_token { settings::address(login) } else { settings::words(login) });
    let mailbox = given(&profile.mailbox).map(|text| form.take("mailbox", settings::address(text)));
    let mailbox = mailbox.unwrap_or_else(|| login.clone());
    let by = account(profile).map_or(By::Password, |account| By::Token(account.into()));
    let folder = given(&profile.folder).map(|text| form.take("folder", settings::words(text)));
    let folder = (protocol == Protocol::Imap).then(|| folder.unwrap_or_else(|| INBOX.to_owned()));
    let settings = Settings { protocol, host, port, encryption, login, mailbox };
    if form.0.is_empty() { Ok(Connection { settings, by, sender, folder }) } else { Err(form.0) }
}

/// The settings that only the other kind of profile has.
pub(crate) fn misplaced(profile: &Profile) -> impl Iterator<Item = &'static str> {
    let is_outgoing = profile.kind == ProfileKind::MailServer;
    let of_outgoing = [
        ("send_with", profile.send_with.is_some()),
        ("sql_profile", profile.sql_profile.is_some()),
        ("email", profile.email.is_some()),
        ("display_name", profile.display_name.is_some()),
        ("reply_to", profile.reply_to.is_some()),
    ];
    let of_incoming = ("folder", profile.folder.is_some() && is_outgoing);
    let given = of_outgoing.map(|(field, is_given)| (field, is_given && !is_outgoing));
    given.into_iter().chain([of_incoming]).filter_map(|(field, is_wrong)| is_wrong.then_some(field))
}

impl Connection {
    /// What somebody should know of it.
    pub(crate) fn doubts(&self) -> Vec<Message> {
        let sender = self.sender.as_ref().map(|sender| sender.email.as_str());
        let doubts = settings::doubts(&self.settings, sender, matches!(self.by, By::Token(_)));
        doubts.iter().map(|doubt| self.said(*doubt)).collect()
    }

    fn said(&self, doubt: Doubt) -> Message {
        let said = Message::new(format!("profile-{}", doubt.name()));
        match doubt {
            Doubt::PortOf(protocol) => said.with("port", self.settings.port.to_string()).with("protocol", protocol),
            Doubt::SendAs => {
                let sender = self.sender.as_ref().map(|sender| sender.email.clone()).unwrap_or_default();
                said.with("sender", sender).with("login", &self.settings.login)
            }
            Doubt::NotAtExchange | Doubt::InClear => said,
        }
    }
}

/// A form that is gone through to its end, so that everything wrong with it is told at once.
#[derive(Default)]
struct Form(Vec<Mistake>);

impl Form {
    fn mistake(&mut self, field: &'static str, wrong: Wrong) {
        self.0.push(Mistake { field, wrong });
    }

    fn take<T: Default>(&mut self, field: &'static str, read: Result<T, Wrong>) -> T {
        read.unwrap_or_else(|wrong| {
            self.mistake(field, wrong);
            T::default()
        })
    }

    fn protocol(&mut self, profile: &Profile, is_outgoing: bool) -> Protocol {
        let initial = if is_outgoing { Protocol::Smtp } else { Protocol::Imap };
        let named = profile.protocol.as_deref().map_or(Ok(initial), |name| name.parse().map_err(|_| Wrong::Protocol));
        let named = named.and_then(|protocol| {
            if (protocol == Protocol::Smtp) == is_outgoing { Ok(protocol) } else { Err(Wrong::Protocol) }
        });
        named.unwrap_or_else(|wrong| {
            self.mistake("protocol", wrong);
            initial
        })
    }

    fn sender(&mut self, profile: &Profile) -> Sender {
        Sender {
            email: self.take("email", settings::address(profile.email.as_deref().unwrap_or_default())),
            display_name: given(&profile.display_name).map(|text| self.take("display_name", settings::words(text))),
            reply_to: given(&profile.reply_to).map(|text| self.take("reply_to", settings::address(text))),
        }
    }
}

/// What stands in a setting that may be left out.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn choice(encryption: ProfileEncryption) -> Choice {
    match encryption {
        ProfileEncryption::Automatic => Choice::Automatic,
        ProfileEncryption::None => Choice::None,
        ProfileEncryption::Tls => Choice::This(Encryption::Tls),
        ProfileEncryption::StartTls => Choice::This(Encryption::StartTls),
    }
}

/// As components connect: never `automatic`.
pub(crate) fn wire_encryption(encryption: Option<Encryption>) -> ProfileEncryption {
    match encryption {
        None => ProfileEncryption::None,
        Some(Encryption::Tls) => ProfileEncryption::Tls,
        Some(Encryption::StartTls) => ProfileEncryption::StartTls,
    }
}

/// Where nobody has named a port: Exchange Online's, or what such forms have always begun with.
fn initial_port(protocol: Protocol, proposed: Option<Server>) -> u16 {
    match (proposed, protocol) {
        (Some(proposed), _) => proposed.port,
        (None, Protocol::Smtp) => 25,
        (None, Protocol::Imap) => 143,
        (None, Protocol::Pop) => 110,
    }
}

#[cfg(test)]
mod tests {
    use ipc::SendWith;

    use super::*;

    fn outgoing() -> Profile {
        Profile {
            email: Some("faktury@firma.pl".into()),
            authentication: Authentication::OAuth2,
            login: Some("anna@Firma.pl".into()),
            ..Profile::default()
        }
    }

    fn incoming() -> Profile {
        Profile { kind: ProfileKind::Documents, email: None, ..outgoing() }
    }

    #[track_caller]
    fn check(profile: Profile, want: &[(&str, Wrong)]) {
        let mistakes = connection(&profile, Cloud::Global).map_or_else(|it| it, |_| Vec::new());
        let found: Vec<_> = mistakes.iter().map(|mistake| (mistake.field, mistake.wrong)).collect();
        assert_eq!(found, want, "of {profile:?}");
        for mistake in mistakes {
            assert!(texts::exists(&mistake.said().id), "{mistake:?}");
        }
    }

    #[test]
    fn a_token_s_profile_needs_a_login_alone_and_goes_to_exchange_online() {
        let connection = connection(&incoming(), Cloud::Global).unwrap();
        let settings = &connection.settings;
        assert_eq!(settings.to_string(), "outlook.office365.com:993");
        assert_eq!((settings.encryption, &*settings.mailbox), (Some(Encryption::Tls), "anna@firma.pl"));
        assert_eq!((connection.by, connection.folder), (By::Token("anna@Firma.pl".into()), Some(INBOX.to_owned())));
        let connection = super::connection(&outgoing(), Cloud::Global).unwrap();
        assert_eq!(connection.settings.to_string(), "smtp.office365.com:587");
        assert_eq!(connection.settings.encryption, Some(Encryption::StartTls));
        let doubts = connection.doubts();
        assert_eq!(doubts.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["profile-send-as"]);
        assert!(texts::exists(&doubts[0].id));
    }

    #[test]
    fn what_is_left_open_is_the_servers_of_the_cloud() {
        let host = |profile: &Profile, cloud| connection(profile, cloud).unwrap().settings.host;
        assert_eq!(host(&incoming(), Cloud::China), "partner.outlook.cn");
        assert_eq!(host(&outgoing(), Cloud::UsGovernment), "smtp.office365.us");
    }

    #[test]
    fn a_shared_mailbox_is_opened_by_its_name_and_sent_from_by_the_delegate() {
        let shared = |profile| Profile { mailbox: Some("faktury@firma.pl".into()), ..profile };
        assert_eq!(user(&connection(&shared(incoming()), Cloud::Global).unwrap().settings), "faktury@firma.pl");
        assert_eq!(user(&connection(&shared(outgoing()), Cloud::Global).unwrap().settings), "anna@firma.pl");
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_by_its_field() {
        check(
            Profile {
                server: Some("smtp://x".into()),
                port: Some(70_000),
                encryption: ProfileEncryption::None,
                reply_to: Some("biuro".into()),
                ..Profile::default()
            },
            &[
                ("email", Wrong::Missing),
                ("reply_to", Wrong::NoAddress),
                ("server", Wrong::Scheme),
                ("port", Wrong::Port),
                ("login", Wrong::Missing),
            ],
        );
        check(Profile { encryption: ProfileEncryption::None, ..outgoing() }, &[("encryption", Wrong::TokenInClear)]);
        check(
            Profile { send_with: Some(SendWith::SqlProfile), ..outgoing() },
            &[("authentication", Wrong::TokenBySql)],
        );
        check(Profile { protocol: Some("imap".into()), ..outgoing() }, &[("protocol", Wrong::Protocol)]);
        check(Profile { protocol: Some("smtp".into()), ..incoming() }, &[("protocol", Wrong::Protocol)]);
        check(Profile { login: Some("anna".into()), ..incoming() }, &[("login", Wrong::NoAddress)]);
        let folder = || Some("Faktury".into());
        check(Profile { folder: folder(), ..outgoing() }, &[("folder", Wrong::Elsewhere)]);
        let broken = |text: &str| Some(format!("{text}\r\nDELE 1"));
        check(
            Profile {
                display_name: broken("Sekretariat"),
                reply_to: broken("biuro@firma.pl"),
                mailbox: broken("biuro@firma.pl"),
                ..outgoing()
            },
            &[("display_name", Wrong::Control), ("reply_to", Wrong::NoAddress), ("mailbox", Wrong::NoAddress)],
        );
        check(Profile { folder: broken("Faktury"), ..incoming() }, &[("folder", Wrong::Control)]);
        check(Profile { email: outgoing().email, folder: folder(), ..incoming() }, &[("email", Wrong::Elsewhere)]);
        let by_password = Profile { authentication: Authentication::Password, ..incoming() };
        check(by_password.clone(), &[("server", Wrong::Missing)]);
        let complete = Profile { server: Some("poczta.firma.pl".into()), login: Some("anna".into()), ..by_password };
        check(complete.clone(), &[]);
        check(Profile { login: broken("anna"), ..complete.clone() }, &[("login", Wrong::Control)]);
        assert_eq!(connection(&complete, Cloud::Global).unwrap().settings.to_string(), "poczta.firma.pl:143");
    }

    #[test]
    fn where_the_sql_server_sends_its_profile_s_name_is_all_that_is_needed() {
        let by_sql = |profile| Profile { send_with: Some(SendWith::SqlProfile), ..profile };
        let fields = |profile: &Profile| {
            complete(profile, Cloud::Global).unwrap_err().into_iter().map(|it| it.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&by_sql(outgoing())), ["authentication", "sql_profile"]);
        assert_eq!(fields(&by_sql(Profile::default())), ["sql_profile"]);
        let named = Profile { sql_profile: Some("Powiadomienia".into()), ..by_sql(Profile::default()) };
        assert_eq!(complete(&named, Cloud::Global), Ok(None));
        assert_eq!(account(&outgoing()), Some("anna@Firma.pl"));
        for (named, want) in [(" dms ", "dms"), (" ", "anna@Firma.pl")] {
            let profile = Profile { account: Some(named.into()), ..outgoing() };
            let by = connection(&profile, Cloud::Global).unwrap().by;
            assert_eq!((account(&profile), by), (Some(want), By::Token(want.into())), "both go by the same account");
        }
        assert_eq!(account(&Profile { authentication: Authentication::Password, ..outgoing() }), None);
    }
}
