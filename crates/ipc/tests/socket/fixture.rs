//! An agent with canned answers, and a client that sends and receives bare lines.

mod seen;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ipc::{
    Accounts, Authentication, Call, Caller, CheckProgress, CheckStep, Credential, Done, Endpoint, Fault, FaultCode,
    FaultKind, Finding, FoundTenant, Handler, ImportedProfiles, Level, Listener, NamedProfile, PROTOCOL, Profile,
    ProfileEncryption, ProfileKind, Profiles, Reply, Sasl, SavedProfile, Settings, SignInStarted, SignInState,
    Snapshot, StartedAfresh, StartedCheck, Status, TestedRegistration, Token,
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// Looked for wherever no token may be.
pub(crate) const TOKEN: &str = "eyJ0eXAiOiJKV1Qi.canned.token";

pub(crate) struct Agent {
    pub(crate) directory: TempDir,
    pub(crate) endpoint: Endpoint,
    pub(crate) canned: Arc<Canned>,
    serving: JoinHandle<()>,
}

impl Agent {
    pub(crate) fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    pub(crate) fn start_in(directory: TempDir) -> Self {
        let endpoint = Endpoint::at(address(directory.path()));
        let listener = Listener::bind(&endpoint).unwrap();
        let canned = Arc::new(Canned::default());
        let serving = tokio::spawn(ipc::serve(listener, Arc::clone(&canned)));
        Self { directory, endpoint, canned, serving }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.endpoint.path().to_owned()
    }

    pub(crate) async fn connect(&self) -> Wire {
        Wire(BufReader::new(system::connect(self.endpoint.path()).await.unwrap()))
    }

    /// Ends it, and keeps the directory.
    pub(crate) async fn stop(self) -> TempDir {
        self.serving.abort();
        let _ = self.serving.await;
        self.directory
    }

    pub(crate) fn publish(&self, snapshot: Snapshot) {
        self.canned.snapshots.send_replace(Arc::new(snapshot));
    }
}

/// Answers by the account's name: `slow` waits to be let go, `huge` is longer than any line, `broken`
/// panics, `out` is signed out; any other is ready.
pub(crate) struct Canned {
    pub(crate) snapshots: watch::Sender<Arc<Snapshot>>,
    /// Lets slow requests go.
    pub(crate) gate: Semaphore,
    /// How many slow requests there are now.
    pub(crate) waiting: watch::Sender<usize>,
}

impl Default for Canned {
    fn default() -> Self {
        Self {
            snapshots: watch::Sender::new(Arc::new(snapshot(1))),
            gate: Semaphore::new(0),
            waiting: watch::Sender::new(0),
        }
    }
}

impl Canned {
    pub(crate) async fn until_waiting(&self, count: usize) {
        self.waiting.subscribe().wait_for(|waiting| *waiting == count).await.unwrap();
    }

    async fn token(&self, account: &str) -> Result<Reply, Fault> {
        match account {
            "slow" => {
                let _guest = Guest::new(&self.waiting);
                self.gate.acquire().await.unwrap().forget();
            }
            "huge" => return Ok(token(&"x".repeat(ipc::limits::OUTBOUND_LINE)).into()),
            "broken" => panic!("as asked"),
            "out" => return Err(signed_out()),
            _ => {}
        }
        Ok(token(TOKEN).into())
    }
}

impl Handler for Canned {
    async fn call(&self, _: &Caller, call: Call) -> Result<Reply, Fault> {
        Ok(match call {
            Call::TokenGet(get) => return self.token(&get.account).await,
            Call::AccountList(_) => Accounts { accounts: vec![row()], next: None }.into(),
            Call::SignInStart(_) => SignInStarted {
                sign_in: "si-7f3a".into(),
                state: SignInState::Waiting {},
                open_url: None,
                authorize_url: None,
            }
            .into(),
            Call::SignInWait(wait) => sign_in(&wait.sign_in).into(),
            Call::AgentStatus(_) => Status {
                version: "0.1.0".into(),
                protocol: PROTOCOL,
                uptime_seconds: 7,
                accounts: 1,
                needing_attention: 0,
                ..Status::default()
            }
            .into(),
            Call::AgentStartAfresh(_) => StartedAfresh { kept: "/state/state.db.old-1".into() }.into(),
            Call::CredentialGet(get) => credential(get.profile).into(),
            Call::ProfileCheck(_) => StartedCheck { check: "ch-7f3a".into() }.into(),
            Call::CheckWait(_) => CheckProgress { steps: vec![step()], done: true, cancelled: false }.into(),
            Call::ProfileList(_) => Profiles { profiles: vec![profile()] }.into(),
            Call::ProfileGet(_) => profile().into(),
            Call::ProfileSet(_) => SavedProfile { warnings: vec!["Port 993 to port IMAP.".into()] }.into(),
            Call::ProfileImport(_) => ImportedProfiles { saved: true, ..ImportedProfiles::default() }.into(),
            Call::SettingsGet(_) => settings().into(),
            Call::TenantFind(_) => FoundTenant { tenant: "3e6a3bd4-5f16-4b1e-9d8e-6f2f3c7a1b10".into() }.into(),
            Call::RegistrationTest(_) => TestedRegistration {
                findings: vec![Finding { level: Level::Fine, text: "Nic nie stoi na przeszkodzie.".into() }],
            }
            .into(),
            Call::TokenReject(_)
            | Call::AccountAdd(_)
            | Call::AccountSet(_)
            | Call::AccountRemove(_)
            | Call::AccountRetry(_)
            | Call::SignInCancel(_)
            | Call::SignOut(_)
            | Call::AgentUnlock(_)
            | Call::SettingsSet(_)
            | Call::ProfileRemove(_)
            | Call::CheckCancel(_)
            | Call::AgentStop(_) => Done {}.into(),
        })
    }

    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.subscribe()
    }
}

/// Counts a slow request for as long as its future lives.
struct Guest<'a>(&'a watch::Sender<usize>);

impl<'a> Guest<'a> {
    fn new(waiting: &'a watch::Sender<usize>) -> Self {
        waiting.send_modify(|waiting| *waiting += 1);
        Self(waiting)
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting -= 1);
    }
}

/// A client of bare lines.
pub(crate) struct Wire(pub(crate) BufReader<system::Stream>);

impl Wire {
    pub(crate) async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// The next line, or none when the connection is closed.
    pub(crate) async fn line(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        (!line.is_empty()).then(|| serde_json::from_str(&line).unwrap())
    }

    pub(crate) async fn ask(&mut self, line: &str) -> Value {
        self.send(&format!("{line}\n")).await;
        self.line().await.expect("an answer")
    }

    /// Whether nothing more comes.
    pub(crate) async fn is_closed(&mut self) -> bool {
        self.0.read(&mut [0]).await.unwrap_or(0) == 0
    }
}

fn profile() -> NamedProfile {
    let profile = Profile {
        kind: ProfileKind::Documents,
        enabled: true,
        name: Some("Faktury".into()),
        protocol: Some("imap".into()),
        server: Some("outlook.office365.com".into()),
        port: Some(993),
        authentication: Authentication::OAuth2,
        login: Some("biuro@firma.pl".into()),
        ..Profile::default()
    };
    NamedProfile { id: "faktury".into(), profile, has_password: false }
}

fn step() -> CheckStep {
    CheckStep {
        step: "authentication".into(),
        ok: false,
        milliseconds: 12,
        text: "anna@firma.pl nie wolno.".into(),
        action: Some("Zapytaj administratora.".into()),
        line: Some("NO AUTHENTICATE failed.".into()),
        line_from: Some(ipc::LineFrom::Server),
        kind: Some(FaultKind::Admin),
    }
}

fn credential(profile: String) -> Credential {
    let Token { access_token, sasl, expires_in, .. } = token(TOKEN);
    Credential {
        profile,
        kind: ProfileKind::Documents,
        protocol: "imap".into(),
        host: "outlook.office365.com".into(),
        port: 993,
        encryption: ProfileEncryption::Tls,
        login: "biuro@firma.pl".into(),
        mailbox: "faktury@firma.pl".into(),
        folder: Some("INBOX".into()),
        sender: None,
        authentication: Authentication::OAuth2,
        access_token: Some(access_token),
        sasl,
        expires_in: Some(expires_in),
        password: None,
    }
}

fn settings() -> Settings {
    Settings {
        language: Some("pl".into()),
        remind_minutes: 240,
        key: "keyring".into(),
        config_file: "/config/config.toml".into(),
        state_folder: "/state".into(),
        version: "0.1.0".into(),
        locked: vec!["tenant".into()],
        ..Settings::default()
    }
}

pub(crate) fn token(text: &str) -> Token {
    Token {
        access_token: text.into(),
        token_type: "Bearer".into(),
        expires_at: "2026-11-23T10:15:00Z".into(),
        expires_in: 3541,
        account: "biuro@firma.pl".into(),
        login: "biuro@firma.pl".into(),
        scopes: vec!["https://outlook.office.com/IMAP.AccessAsUser.All".into()],
        sasl: Some(Sasl { mechanism: "XOAUTH2".into(), initial_response: "dXNlcj1i".into() }),
    }
}

pub(crate) fn signed_out() -> Fault {
    let mut fault = Fault::new(FaultCode::SignInRequired, "Zaloguj się ponownie na konto biuro@firma.pl.")
        .with_reason("password_changed")
        .with_action("signet sign-in biuro@firma.pl");
    fault.data.aadsts = Some(50173);
    fault.data.correlation_id = Some("5e0c".into());
    fault
}

pub(crate) fn sign_in(id: &str) -> SignInState {
    match id {
        "si-failed" => SignInState::Failed { error: signed_out() },
        "si-wrong" => SignInState::WrongPerson { signed_in_as: "jan@firma.pl".into(), refusals: 1 },
        _ => SignInState::SignedIn { account: "biuro@firma.pl".into(), login: "biuro@firma.pl".into() },
    }
}

pub(crate) use self::seen::{row, snapshot};
pub(crate) use system::address;

/// The example of that name, which cargo builds along with the tests, in a place of its own.
pub(crate) fn copy_of_knock(directory: &Path, name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = |name: &str| PathBuf::from(name).with_extension(std::env::consts::EXE_EXTENSION);
    let built = own.parent().and_then(Path::parent).unwrap().join("examples").join(program("knock"));
    assert!(built.exists(), "cargo test builds the examples unless it is told which targets to test");
    let copy = directory.join(program(name));
    system::copy(&built, &copy);
    copy
}

/// What that example says.
pub(crate) async fn told(mut knock: Command, role: &'static str, path: PathBuf) -> String {
    let run = move || {
        let output = knock.arg(role).arg(path).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[cfg(unix)]
mod system {
    use super::{Command, Path, PathBuf};

    pub(crate) type Stream = tokio::net::UnixStream;

    pub(crate) fn address(directory: &Path) -> PathBuf {
        directory.join("agent.sock")
    }

    pub(crate) async fn connect(path: &Path) -> std::io::Result<Stream> {
        Stream::connect(path).await
    }

    /// By another process: a file this one has open for writing may be inherited by a child that another test starts
    /// just then, and cannot be run until that is over.
    pub(crate) fn copy(from: &Path, to: &Path) {
        assert!(Command::new("cp").arg(from).arg(to).status().unwrap().success());
    }
}

#[cfg(windows)]
mod system {
    use super::{Path, PathBuf};
    use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient};
    use windows_sys::Win32::Foundation::ERROR_PIPE_BUSY;

    pub(crate) type Stream = NamedPipeClient;

    pub(crate) fn address(directory: &Path) -> PathBuf {
        format!(r"\\.\pipe\signet-{}", directory.file_name().unwrap().display()).into()
    }

    /// The agent's one free instance may just be taken; it makes the next when it runs.
    pub(crate) async fn connect(path: &Path) -> std::io::Result<Stream> {
        let is_busy = |error: &std::io::Error| error.raw_os_error() == i32::try_from(ERROR_PIPE_BUSY).ok();
        loop {
            match ClientOptions::new().open(path) {
                Err(error) if is_busy(&error) => tokio::task::yield_now().await,
                opened => return opened,
            }
        }
    }

    pub(crate) fn copy(from: &Path, to: &Path) {
        std::fs::copy(from, to).unwrap();
    }
}
