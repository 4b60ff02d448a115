//! The components of `docs/components` send a notification and take it out of a mailbox point, with nothing but a profile's name.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::mail::{Door, Manners, Protocol, Tls};
use signet_e2e::rig::{ALICE, BIURO};
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// Whatever a scanner makes.
const PDF_SIZE: usize = 5 * 1024 * 1024;

struct Office {
    rig: Rig,
    agent: Agent,
    /// Where the components lie, and what they fetch.
    folder: PathBuf,
}

impl Office {
    /// Alice sends, and the office receives; both talk to servers with Exchange Online's manners.
    fn open() -> Result<Self> {
        let rig = Rig::start(Options::default())?;
        let agent = Agent::signed_in_by_forms(&rig, ALICE, AgentOptions::default())?;
        agent.signet(&["accounts", "add", BIURO.login])?.line()?;
        agent.sign_in_by_forms(BIURO.login, BIURO)?;
        let folder = agent.home().join("home/dms");
        let office = Self { rig, agent, folder };
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/components");
        office.run("mkdir", &[], "")?;
        for name in ["signet.py", "notify.py", "fetch.py"] {
            office.run("write", &[name], &fs::read_to_string(sources.join(name))?)?;
        }
        Ok(office)
    }

    fn set(&self, profile: Value) -> Result<()> {
        let saved = self.agent.owner().manager()?.ask("profile.set", profile)?;
        assert!(saved["error"].is_null(), "{saved}");
        Ok(())
    }

    fn door(&self, protocol: Protocol) -> Door {
        Door::of(&self.rig, protocol, Tls::StartTls, Manners::Exchange).expect("a port")
    }

    fn set_up(&self, enabled: bool) -> Result<()> {
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

    /// A component, or an errand of the folder's owner.
    fn run(&self, what: &str, arguments: &[&str], input: &str) -> Result<Output> {
        let folder = self.folder.display().to_string();
        let line = match what {
            "mkdir" => format!("mkdir -p '{folder}/in'"),
            "write" => format!("cat > '{folder}'/\"$0\""),
            component => format!("cd '{folder}' && exec /usr/bin/python3 {component} \"$0\" \"$@\""),
        };
        let mut command = self.agent.owner().command("/bin/sh");
        command.arg("-c").arg(line).args(arguments).env("SSL_CERT_FILE", self.rig.ca());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn()?;
        running.stdin.take().context("it is piped")?.write_all(input.as_bytes())?;
        Ok(running.wait_with_output()?)
    }

    #[track_caller]
    fn succeed(&self, what: &str, arguments: &[&str], input: &str) -> Result<String> {
        let output = self.run(what, arguments, input)?;
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Waits until the inbox holds so many messages: delivery takes its time.
    fn await_messages(&self, subject: &str) -> Result<()> {
        use signet_e2e::mail::{Credential, Imap};
        let token = self.agent.token(BIURO.login)?;
        let door = Door::of(&self.rig, Protocol::Imap, Tls::StartTls, Manners::Plain).expect("a port");
        Imap::login(&door, Credential::xoauth2(BIURO.login, &token))?.await_message(subject)?;
        Ok(())
    }
}

#[test]
fn a_notification_with_a_large_pdf_reaches_the_mailbox_point_as_it_was() -> Result<()> {
    let office = Office::open()?;
    office.set_up(true)?;
    let pdf: Vec<u8> = (0..=u8::MAX).rev().cycle().take(PDF_SIZE).collect();
    let source = office.agent.home().join("Faktura żółć.pdf");
    fs::write(&source, &pdf)?;
    let source = source.display().to_string();
    office.succeed("notify.py", &[BIURO.login, "Faktura nr 7/2026: żółć", &source], "Zażółć gęślą jaźń.\n")?;
    office.await_messages("Faktura nr 7/2026: żółć")?;

    let printed = office.succeed("fetch.py", &["faktury", "in"], "")?;
    assert_eq!(printed, format!("Sekretariat Żółw <{}>\tFaktura nr 7/2026: żółć\t1\n", ALICE.login));
    let taken: Vec<_> = fs::read_dir(office.folder.join("in"))?.collect::<Result<_, _>>()?;
    let [taken] = taken.as_slice() else { panic!("one file: {taken:?}") };
    assert!(taken.file_name().to_string_lossy().ends_with("-Faktura żółć.pdf"), "{taken:?}");
    assert!(fs::read(taken.path())? == pdf, "not a byte is another");
    assert_eq!(office.succeed("fetch.py", &["faktury", "in"], "")?, "", "what was taken is not taken again");
    Ok(())
}

#[test]
fn a_component_says_what_signet_refuses_it() -> Result<()> {
    let office = Office::open()?;
    office.set_up(false)?;
    let output = office.run("fetch.py", &["faktury", "in"], "")?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("switched off") && said.contains("(configuration)"), "{said}");
    Ok(())
}
