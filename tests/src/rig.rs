//! Provider and mail servers, started for one test or one person.

mod certificates;
pub mod control;
mod mail_servers;
pub(crate) mod ports;
mod provider;

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use rustix::process::Pid;
use tempfile::TempDir;

use crate::kept::Kept;
use control::{Control, Settings};
use mail_servers::MailServers;
use ports::PortBlock;
use provider::Provider;

/// The tenant's id, which is in every issuer and token.
pub const TENANT: &str = "11111111-2222-3333-4444-555555555555";
/// The application registered for Signet: public, with loopback redirects.
pub const CLIENT_ID: &str = "aaaaaaaa-0000-4000-8000-000000000001";
/// What a mail program asks for.
pub const MAIL_SCOPES: [&str; 3] = [
    "https://outlook.office.com/IMAP.AccessAsUser.All",
    "https://outlook.office.com/POP.AccessAsUser.All",
    "https://outlook.office.com/SMTP.Send",
];

pub const ALICE: User = User { login: "alice@contoso.example", password: "pw-alice" };
pub const BOB: User = User { login: "bob@contoso.example", password: "pw-bob" };
/// Must type a second factor, [`MFA_CODE`].
pub const CAROL: User = User { login: "carol@contoso.example", password: "pw-carol" };
/// Is disabled.
pub const DAVE: User = User { login: "dave@contoso.example", password: "pw-dave" };
pub const BIURO: User = User { login: "biuro@firma.example", password: "pw-biuro" };
pub const KSIEGOWOSC: User = User { login: "ksiegowosc@firma.example", password: "pw-ksiegowosc" };
/// Everybody with a login.
pub const USERS: [User; 6] = [ALICE, BOB, CAROL, DAVE, BIURO, KSIEGOWOSC];
/// Has a mailbox that a password opens, and is not in the provider's directory.
pub const BY_PASSWORD: User = User { login: "archiwum@firma.example", password: "pw-archiwum" };
pub const MFA_CODE: &str = "123456";
/// A name that the provider's certificate is for too, and that no resolver knows.
pub const UNRESOLVED: &str = "signet-unresolved";
/// A mailbox without a login, which [`ALICE`] may open besides her own.
pub const SHARED_MAILBOX: &str = "sales@contoso.example";

/// Where everything of a rig lies: short enough for addresses of Unix sockets, and open to the mail servers' users.
const PLACE: &str = "/tmp";
const SETUP: &str = "run: cargo xtask setup";

/// Somebody in the provider's directory.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct User {
    pub login: &'static str,
    pub password: &'static str,
}

/// What a rig is made of.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether mail servers are started too.
    pub mail: bool,
    /// Settings the provider starts with.
    pub settings: Settings,
    /// Whether the rig's files, its logs among them, outlive it.
    pub keep_files: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { mail: true, settings: Settings::default(), keep_files: false }
    }
}

impl Options {
    /// A provider alone.
    pub fn without_mail() -> Self {
        Self { mail: false, ..Self::default() }
    }
}

/// The ports of a rig, all on 127.0.0.1.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Ports {
    /// The provider; its certificate is for `localhost`.
    pub https: u16,
    /// The same without TLS, and the control door.
    pub http: u16,
    pub imap: u16,
    pub imaps: u16,
    pub pop3: u16,
    pub pop3s: u16,
    /// Submission with STARTTLS.
    pub smtp: u16,
    pub smtps: u16,
    /// The same servers with Exchange Online's manners.
    pub exchange: ExchangePorts,
    /// Submission in clear, for a login that wants no encryption.
    #[serde(skip)]
    pub smtp_behind: u16,
}

/// Ports that greet, authenticate and refuse as Exchange Online does.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct ExchangePorts {
    pub imap: u16,
    pub imaps: u16,
    pub pop3: u16,
    pub pop3s: u16,
    /// Submission with STARTTLS; Exchange has no other.
    pub smtp: u16,
}

/// Running provider and mail servers. Dropping it ends them.
#[derive(Debug)]
pub struct Rig {
    // Ended in this order: the mail servers ask the provider, and the files go last.
    mail: Option<MailServers>,
    provider: Provider,
    control: Control,
    ports: Ports,
    block: PortBlock,
    files: Files,
}

impl Rig {
    /// Starts all parts and waits until each of them answers.
    pub fn start(options: Options) -> Result<Self> {
        let files = Files::make(options.keep_files)?;
        let mut block = PortBlock::take()?;
        let ports = Ports::choose(&mut block)?;
        certificates::write(&files.at("tls"))?;
        // Both take their time, so neither waits for the other before it is needed.
        let mut provider = Provider::launch(&files, &ports, &options.settings)?;
        let mut mail = options.mail.then(|| MailServers::launch(&files, &ports)).transpose()?;
        provider.await_ready()?;
        if let Some(mail) = &mut mail {
            mail.await_ready(&ports)?;
        }
        let control = Control::new(&format!("http://127.0.0.1:{}", ports.http));
        Ok(Self { mail, provider, control, ports, block, files })
    }

    /// Ends every process and removes the files, saying what went wrong.
    pub fn stop(self) -> Result<()> {
        let Self { mail, provider, files, .. } = self;
        drop(mail);
        drop(provider);
        files.remove()
    }

    /// From now on its files, the logs among them, outlive it.
    pub fn keep_files(&mut self) {
        self.files.keep();
    }

    pub fn control(&self) -> &Control {
        &self.control
    }

    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// A further port of the rig's own block.
    pub fn spare_port(&mut self) -> Result<u16> {
        self.block.next()
    }

    /// The provider's origin, `https://localhost:PORT`: what `https://login.microsoftonline.com` is to Entra.
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.ports.https)
    }

    /// The provider without TLS, `http://127.0.0.1:PORT`.
    pub fn plain_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.http)
    }

    /// The issuer of our tenant, from which a client finds everything else.
    pub fn issuer(&self) -> &str {
        self.provider.issuer()
    }

    /// The file with the authority (PEM) that all certificates of the rig hang on.
    pub fn ca(&self) -> PathBuf {
        self.files.at("tls/ca.crt")
    }

    /// The file with the authority (PEM) of the certificate that [`control::Gate::Foreign`] shows.
    pub fn foreign_ca(&self) -> PathBuf {
        self.files.at("tls/foreign-ca.crt")
    }

    /// The server's own certificate (PEM).
    pub fn certificate(&self) -> PathBuf {
        self.files.at("tls/server.crt")
    }

    /// The directory of everything the rig writes; its logs are in `log`.
    pub fn directory(&self) -> &Path {
        &self.files.directory
    }

    /// Provider, Dovecot and Postfix, for measuring them.
    pub fn pids(&self) -> Vec<Pid> {
        let mail = self.mail.iter().flat_map(MailServers::processes);
        [self.provider.process()].into_iter().chain(mail).filter_map(Kept::pid).collect()
    }

    /// Every process that was started, or came of one that was.
    pub fn all_pids(&self) -> Vec<Pid> {
        let mail = self.mail.iter().flat_map(MailServers::processes);
        [self.provider.process()].into_iter().chain(mail).flat_map(Kept::all_pids).collect()
    }
}

impl Ports {
    fn choose(block: &mut PortBlock) -> Result<Self> {
        Ok(Self {
            https: block.next()?,
            http: block.next()?,
            imap: block.next()?,
            imaps: block.next()?,
            pop3: block.next()?,
            pop3s: block.next()?,
            smtp: block.next()?,
            smtps: block.next()?,
            exchange: ExchangePorts {
                imap: block.next()?,
                imaps: block.next()?,
                pop3: block.next()?,
                pop3s: block.next()?,
                smtp: block.next()?,
            },
            smtp_behind: block.next()?,
        })
    }
}

/// The directory of one rig.
#[derive(Debug)]
struct Files {
    directory: PathBuf,
    temporary: TempDir,
    keep: bool,
}

impl Files {
    fn make(keep: bool) -> Result<Self> {
        let mut temporary = tempfile::Builder::new().prefix("signet-rig-").tempdir_in(PLACE)?;
        temporary.disable_cleanup(keep);
        let directory = temporary.path().to_owned();
        // The servers' users, and the agent's, have to enter.
        fs::set_permissions(&directory, Permissions::from_mode(0o755))?;
        for part in ["tls", "log"] {
            fs::create_dir(directory.join(part))?;
        }
        Ok(Self { directory, temporary, keep })
    }

    fn keep(&mut self) {
        self.keep = true;
        self.temporary.disable_cleanup(true);
    }

    fn at(&self, path: &str) -> PathBuf {
        self.directory.join(path)
    }

    fn log(&self, name: &str) -> Result<fs::File> {
        Ok(fs::File::create(self.at("log").join(name))?)
    }

    fn remove(self) -> Result<()> {
        let (directory, keep) = (self.directory.clone(), self.keep);
        drop(self);
        ensure!(keep || !directory.exists(), "{} cannot be removed", directory.display());
        Ok(())
    }

    /// The mail servers' files belong to their own users.
    fn remove_mail(&self) {
        let parts = ["dovecot", "mailboxes", "postfix"].map(|part| self.at(part));
        if !is_root() && !self.keep && parts.iter().any(|part| part.exists()) {
            let _ = as_root("rm").arg("-rf").args(parts).status();
        }
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.remove_mail();
    }
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command that runs as root, through `sudo` when the tests do not.
pub(crate) fn as_root(program: impl AsRef<OsStr>) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.arg("-n").arg(program);
    command
}

pub(crate) fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{}; {SETUP}", command.get_program().display()))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// The first of the places where a part may be installed.
pub(crate) fn installed(places: &[&str]) -> Result<PathBuf> {
    let Some(found) = places.iter().map(PathBuf::from).find(|place| place.exists()) else {
        bail!("{} is not installed; {SETUP}", places[0]);
    };
    Ok(found)
}

/// The rig's scripts and templates in the checkout.
pub(crate) fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rig").join(path)
}

/// Node, with the modules of the rig's scripts.
pub(crate) fn node() -> Result<PathBuf> {
    ensure!(source("node_modules/oidc-provider").exists(), "the rig's node modules are not installed; {SETUP}");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let Some(node) = std::env::split_paths(&path).map(|directory| directory.join("node")).find(|node| node.is_file())
    else {
        bail!("node is not installed; {SETUP}");
    };
    Ok(node)
}
