//! An office whose components work by Signet: who sends, who receives, and where the components lie.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use signet_e2e::mail::{Credential, Door, Imap, Manners, Protocol, Tls};
use signet_e2e::rig::{ALICE, BIURO};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Each has both components.
pub(crate) const LANGUAGES: [&str; 4] = ["py", "mjs", "sh", "rs"];
pub(crate) struct Office {
    pub(crate) rig: Rig,
    pub(crate) agent: Agent,
    /// Where the components lie, and what they fetch.
    pub(crate) folder: PathBuf,
}

impl Office {
    /// Alice sends, and the office receives; both talk to servers with Exchange Online's manners.
    pub(crate) fn open() -> Result<Self> {
        let rig = Rig::start(Options::default())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        agent.signet(&["accounts", "add", BIURO.login])?.line()?;
        agent.sign_in_by_forms(BIURO.login, BIURO)?;
        let folder = agent.home().join("home/dms");
        let office = Self { rig, agent, folder };
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/components");
        office.run("mkdir", &["in"], "")?;
        for part in ["signet", "notify", "fetch"] {
            for language in LANGUAGES.into_iter().filter(|language| *language != "rs") {
                let name = format!("{part}.{language}");
                office.run("write", &[&name], &fs::read_to_string(sources.join(&name))?)?;
            }
        }
        for part in ["notify", "fetch"] {
            office.agent.lend(&example(part)?)?;
        }
        // The owner may not be able to look into the checkout.
        let packages = sources.join("node_modules");
        ensure!(packages.is_dir(), "the packages of docs/components are not installed; run: cargo xtask setup");
        let copied = Command::new("cp").arg("-r").arg(packages).arg(&office.folder).status()?;
        ensure!(copied.success(), "the packages of docs/components cannot be copied");
        Ok(office)
    }

    pub(crate) fn set(&self, profile: Value) -> Result<()> {
        let saved = self.agent.owner().manager()?.ask("profile.set", profile)?;
        assert!(saved["error"].is_null(), "{saved}");
        Ok(())
    }

    pub(crate) fn door(&self, protocol: Protocol) -> Door {
        Door::of(&self.rig, protocol, Tls::StartTls, Manners::Exchange).expect("a port")
    }

    pub(crate) fn set_up(&self, enabled: bool) -> Result<()> {
        let (smtp, imap) = (self.door(Protocol::Smtp).port, self.door(Protocol::Imap).port);
        self.set(json!({
            "id": "mail_server", "kind": "mail_server", "enabled": enabled, "server": "localhost", "port": smtp,
            "encryption": "starttls", "authentication": "oauth2", "login": ALICE.login, "email": ALICE.login,
            "display_name": "Sekretariat Żółw", "reply_to": BIURO.login,
        }))?;
        self.set(json!({
            "id": "faktury", "kind": "attachments", "enabled": enabled, "protocol": "imap", "server": "localhost",
            "port": imap, "encryption": "starttls", "authentication": "oauth2", "login": BIURO.login,
        }))
    }

    /// The mailbox that is read from, as a mail program sees it.
    pub(crate) fn mailbox(&self) -> Result<Imap> {
        let token = self.agent.token(BIURO.login)?;
        let door = Door::of(&self.rig, Protocol::Imap, Tls::StartTls, Manners::Plain).expect("a port");
        Imap::login(&door, Credential::xoauth2(BIURO.login, &token))
    }

    /// A component, or an errand of the folder's owner.
    pub(crate) fn run(&self, what: &str, arguments: &[&str], input: &str) -> Result<Output> {
        self.run_after("true", what, arguments, input)
    }

    /// A component in each language, all at once.
    pub(crate) fn run_all(
        &self,
        component: impl Fn(&str) -> (String, Vec<&'static str>) + Sync,
    ) -> Result<Vec<(&'static str, Output)>> {
        let run = |language| {
            let (component, arguments) = component(language);
            Ok((language, self.run(&component, &arguments, "Treść\n")?))
        };
        thread::scope(|scope| {
            let run = &run;
            let running = LANGUAGES.map(|language| scope.spawn(move || run(language)));
            running.into_iter().map(|run| run.join().expect("no panic")).collect()
        })
    }

    /// The same, after something that a shell does first.
    pub(crate) fn run_after(&self, first: &str, what: &str, arguments: &[&str], input: &str) -> Result<Output> {
        let folder = self.folder.display().to_string();
        let line = match what {
            "mkdir" => format!("mkdir -p '{folder}'/\"$0\""),
            "write" => format!("cat > '{folder}'/\"$0\""),
            component => {
                let (part, language) = component.rsplit_once('.').context("a component has a language")?;
                let run = match language {
                    "py" => format!("/usr/bin/python3 {component}"),
                    "mjs" => format!("node {component}"),
                    "sh" => format!("sh {component}"),
                    _ => format!("'{}'", self.agent.program().with_file_name(part).display()),
                };
                format!("cd '{folder}' && {first} && exec {run} \"$0\" \"$@\"")
            }
        };
        let mut command = self.agent.owner().command("/bin/sh");
        command.arg("-c").arg(line).args(arguments).env("PATH", format!("{folder}/spies:/usr/local/bin:/usr/bin:/bin"));
        for trust in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE"] {
            command.env(trust, self.rig.ca());
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn()?;
        running.stdin.take().context("it is piped")?.write_all(input.as_bytes())?;
        Ok(running.wait_with_output()?)
    }

    #[track_caller]
    pub(crate) fn succeed(&self, what: &str, arguments: &[&str], input: &str) -> Result<String> {
        let output = self.run(what, arguments, input)?;
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Waits until the inbox holds so many messages: delivery takes its time.
    pub(crate) fn await_messages(&self, subject: &str) -> Result<()> {
        self.mailbox()?.await_message(subject)?;
        Ok(())
    }
}

/// A component in Rust, which is an example of this package.
fn example(name: &str) -> Result<PathBuf> {
    let place = std::env::current_exe()?.ancestors().nth(2).map(|build| build.join("examples").join(name));
    let built = place.filter(|place| place.is_file());
    built.with_context(|| format!("{name} is not built; run: cargo build --package signet-e2e --examples"))
}
