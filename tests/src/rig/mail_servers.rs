//! Dovecot (IMAP, POP3, delivery) and Postfix (submission), each with a configuration of its own.

use std::fs::{self, Permissions};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};

use super::{BY_PASSWORD, Files, Ports, as_root, installed, run, source};
use crate::kept::{Kept, program_beside};

/// A busy machine is slow; a server that is not up by then will not come.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);

#[derive(Debug)]
pub(super) struct MailServers {
    dovecot: Kept,
    postfix: Kept,
    logs: PathBuf,
}

impl MailServers {
    pub(super) fn launch(files: &Files, ports: &Ports) -> Result<Self> {
        Ok(Self { dovecot: dovecot(files, ports)?, postfix: postfix(files, ports)?, logs: files.at("log") })
    }

    pub(super) fn await_ready(&mut self, ports: &Ports) -> Result<()> {
        let dovecot = [ports.imap, ports.imaps, ports.pop3, ports.pop3s];
        let postfix = [ports.smtp, ports.smtps, ports.smtp_behind];
        for port in dovecot {
            await_port(port, &mut self.dovecot, &self.logs)?;
        }
        for port in postfix {
            await_port(port, &mut self.postfix, &self.logs)?;
        }
        Ok(())
    }

    pub(super) fn processes(&self) -> [&Kept; 2] {
        [&self.dovecot, &self.postfix]
    }
}

impl Drop for MailServers {
    fn drop(&mut self) {
        self.dovecot.release();
        self.postfix.release();
    }
}

fn dovecot(files: &Files, ports: &Ports) -> Result<Kept> {
    let program = installed(&["/usr/sbin/dovecot", "/usr/bin/dovecot"])?;
    for part in ["dovecot", "dovecot/run", "dovecot/state"] {
        fs::create_dir(files.at(part))?;
    }
    // Dovecot refuses root as owner of mailboxes.
    make_directories("mail", "mail", "700", &[files.at("mailboxes")])?;
    let values = port_values(files, ports);
    let person = [("LOGIN", BY_PASSWORD.login.to_owned()), ("PASSWORD", BY_PASSWORD.password.to_owned())];
    render("passwords", &files.at("dovecot/passwords"), &person)?;
    render("dovecot.conf", &files.at("dovecot/dovecot.conf"), &values)?;
    for (protocol, scope) in
        [("imap", "IMAP.AccessAsUser.All"), ("pop3", "POP.AccessAsUser.All"), ("smtp", "SMTP.Send")]
    {
        for (suffix, attribute) in [("", "username"), ("-shared", "shared")] {
            let mut values = values.clone();
            values.extend([("SCOPE", scope.to_owned()), ("ATTRIBUTE", attribute.to_owned())]);
            render("oauth2.conf", &files.at(&format!("dovecot/{protocol}{suffix}.oauth2")), &values)?;
        }
    }
    let mut command = kept_as_root(&program)?;
    command.arg("-F").arg("-c").arg(files.at("dovecot/dovecot.conf"));
    command.stdout(files.log("dovecot.out")?).stderr(files.log("dovecot.err")?);
    Kept::start(&mut command)
}

fn postfix(files: &Files, ports: &Ports) -> Result<Kept> {
    let program = installed(&["/usr/lib/postfix/sbin/master", "/usr/libexec/postfix/master"])?;
    let etc = files.at("postfix/etc");
    fs::create_dir_all(&etc)?;
    let values = port_values(files, ports);
    for name in ["main.cf", "master.cf", "mailboxes", "senders"] {
        render(name, &etc.join(name), &values)?;
    }
    // Postfix reads a main.cf younger than a second five times over, 0.3 s apart.
    let a_minute_ago = SystemTime::now() - Duration::from_secs(60);
    for entry in fs::read_dir(&etc)? {
        fs::File::open(entry?.path())?.set_modified(a_minute_ago)?;
    }
    make_queue(&files.at("postfix"))?;
    let mut command = kept_as_root(&program)?;
    // The master itself: "postfix start" checks the whole system first, which takes a second.
    command.arg("-c").arg(&etc).env_clear();
    command.env("MAIL_CONFIG", &etc).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    command.stdout(files.log("postfix.out")?).stderr(files.log("postfix.err")?);
    Kept::start(&mut command)
}

/// The directories Postfix expects, with the owners and modes it insists on.
fn make_queue(postfix: &Path) -> Result<()> {
    let queue = postfix.join("queue");
    let of = |names: &[&str]| names.iter().map(|name| queue.join(name)).collect::<Vec<_>>();
    let kept_private =
        ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"];
    make_directories("root", "root", "755", &[queue.clone(), queue.join("pid")])?;
    make_directories("postfix", "root", "700", &of(&kept_private))?;
    make_directories("postfix", "postdrop", "730", &of(&["maildrop"]))?;
    make_directories("postfix", "postdrop", "710", &of(&["public"]))?;
    make_directories("postfix", "postfix", "755", &[postfix.join("data")])
}

fn make_directories(owner: &str, group: &str, mode: &str, directories: &[PathBuf]) -> Result<()> {
    run(as_root("install").args(["-d", "-o", owner, "-g", group, "-m", mode]).args(directories))
}

/// Mail servers change users, which only root can.
fn kept_as_root(program: &Path) -> Result<Command> {
    let mut command = as_root(program_beside("signet-keep")?);
    command.arg(program);
    Ok(command)
}

fn port_values(files: &Files, ports: &Ports) -> Vec<(&'static str, String)> {
    let mut values = vec![("DIR", files.directory.display().to_string())];
    let numbers = [
        ("HTTP", ports.http),
        ("HTTPS", ports.https),
        ("IMAP", ports.imap),
        ("IMAPS", ports.imaps),
        ("POP3", ports.pop3),
        ("POP3S", ports.pop3s),
        ("SMTP", ports.smtp),
        ("SMTPS", ports.smtps),
        ("SMTP_BEHIND", ports.smtp_behind),
    ];
    values.extend(numbers.map(|(name, port)| (name, port.to_string())));
    values
}

fn render(template: &str, target: &Path, values: &[(&str, String)]) -> Result<()> {
    let template = source("mail").join(template);
    let mut text = fs::read_to_string(&template).with_context(|| template.display().to_string())?;
    for (name, value) in values {
        text = text.replace(&format!("@{name}@"), value);
    }
    fs::write(target, text)?;
    fs::set_permissions(target, Permissions::from_mode(0o644))?;
    Ok(())
}

fn await_port(port: u16, server: &mut Kept, logs: &Path) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if server.has_ended()? || start.elapsed() > PATIENCE {
            bail!("port {port} does not open:\n{}", all_logs(logs));
        }
        sleep(POLL);
    }
    Ok(())
}

fn all_logs(directory: &Path) -> String {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.map(|entry| fs::read_to_string(entry.path()).unwrap_or_default()).collect()
}
