//! What comes from the system's packages: Debian's and Ubuntu's by apt, elsewhere by telling the person.

mod policy;

use std::io::Write;
use std::process::{Command, Stdio, id};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use self::policy::Policy;
use super::Displacing;
use crate::kit::{self, Kit};
use crate::say;

struct Need {
    /// For the person.
    what: &'static str,
    package: &'static str,
    /// Elsewhere than on Debian, any of these shows that it is there.
    commands: &'static [&'static str],
    /// On Debian too, these serve as well as the package.
    instead: &'static [&'static str],
}

const NEEDS: [Need; 12] = [
    need(
        "a C compiler, for the bundled SQLite",
        "gcc",
        &["cc"],
        &["cc"],
    ),
    need("the C library's headers", "libc6-dev", &["cc"], &[]),
    need("the trusted certificates", "ca-certificates", &[], &[]),
    need(
        "Dovecot, the rig's IMAP server",
        "dovecot-imapd",
        &["dovecot"],
        &[],
    ),
    need("Dovecot's POP3 server", "dovecot-pop3d", &["dovecot"], &[]),
    need("Dovecot's LMTP server", "dovecot-lmtpd", &["dovecot"], &[]),
    need(
        "Postfix, the rig's SMTP server",
        "postfix",
        &["postfix"],
        &[],
    ),
    need(
        "Chromium, the rig's browser",
        "chromium",
        &["chromium", "chromium-browser", "google-chrome"],
        &["/snap/bin/chromium", "google-chrome"],
    ),
    need("a font for its pages", "fonts-dejavu-core", &[], &[]),
    need(
        "the GNOME keyring",
        "gnome-keyring",
        &["gnome-keyring-daemon"],
        &[],
    ),
    need("a D-Bus daemon", "dbus", &["dbus-daemon"], &[]),
    need("ps", "procps", &["ps"], &[]),
];

const fn need(
    what: &'static str,
    package: &'static str,
    commands: &'static [&'static str],
    instead: &'static [&'static str],
) -> Need {
    Need {
        what,
        package,
        commands,
        instead,
    }
}

/// Long enough for another installation to end.
const PATIENCE: Duration = Duration::from_secs(600);

pub(super) fn ensure(kit: &Kit, displacing: Displacing) -> Result<()> {
    if kit.find("dpkg-query").is_none() || kit.find("apt-get").is_none() {
        return tell_what_is_missing(kit);
    }
    let installed = installed(kit)?;
    let missing: Vec<&Need> = NEEDS
        .iter()
        .filter(|need| !is_met(kit, need, &installed))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        say::line(&format!(
            "setup: {} is missing, installing {}",
            need.what, need.package
        ));
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let root = Root::new(kit)?;
    root.update(&packages)?;
    check_what_leaves(kit, &packages, displacing)?;
    if packages.contains(&"postfix") {
        root.answer("postfix postfix/main_mailer_type select No configuration\n")?;
    }
    root.install(&packages)?;
    root.leave_off(&packages);
    Ok(())
}

/// Installs packages that start nothing and displace nothing.
pub(super) fn install(kit: &Kit, packages: &[&str]) -> Result<()> {
    if kit.find("apt-get").is_none() {
        bail!(
            "install {} with your system's package manager",
            packages.join(" and ")
        );
    }
    let root = Root::new(kit)?;
    root.update(packages)?;
    check_what_leaves(kit, packages, Displacing::Ask)?;
    root.install(packages)
}

fn installed(kit: &Kit) -> Result<Vec<String>> {
    let mut query = kit.command("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Abbrev} ${Package}\n"]);
    // It fails when it knows nothing of one package, and tells of the others all the same.
    let told = kit::output(query.args(NEEDS.iter().map(|need| need.package)))?.stdout;
    Ok(fully_installed(&String::from_utf8_lossy(&told)))
}

/// The second letter is the present state; `i` alone is a package that is unpacked *and* configured.
fn fully_installed(told: &str) -> Vec<String> {
    let words = told
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>());
    words
        .filter_map(|words| match words[..] {
            [state, package] if state.chars().nth(1) == Some('i') && state.len() == 2 => {
                Some(package.to_owned())
            }
            _ => None,
        })
        .collect()
}

fn is_met(kit: &Kit, need: &Need, installed: &[String]) -> bool {
    installed.iter().any(|package| package == need.package) || any_found(kit, need.instead)
}

fn any_found(kit: &Kit, commands: &[&str]) -> bool {
    commands.iter().any(|command| kit.find(command).is_some())
}

fn tell_what_is_missing(kit: &Kit) -> Result<()> {
    let provable = NEEDS.iter().filter(|need| !need.commands.is_empty());
    let missing: Vec<&Need> = provable
        .filter(|need| !any_found(kit, need.commands))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let lines = missing
        .iter()
        .map(|need| format!("\n  {} (Debian: {})", need.what, need.package));
    bail!(
        "this system has no apt-get; install with its own package manager, without starting the servers:{}",
        lines.collect::<String>()
    );
}

/// Installing a mail server makes apt remove another one, and with it the system's own mail.
fn check_what_leaves(kit: &Kit, packages: &[&str], displacing: Displacing) -> Result<()> {
    let mut simulate = kit.command("apt-get");
    simulate
        .args([
            "install",
            "--simulate",
            "--quiet",
            "--no-install-recommends",
        ])
        .args(packages);
    let leaving = removals(&kit::stdout(&mut simulate)?);
    if leaving.is_empty() || displacing == Displacing::Allowed {
        return Ok(());
    }
    let leaving = leaving.join(", ");
    match say::ask(&format!(
        "Installing {} removes {leaving}. Go on?",
        packages.join(", ")
    )) {
        Some(true) => Ok(()),
        Some(false) => bail!("nothing was installed"),
        None => bail!(
            "installing {} would remove {leaving}, so nothing was installed; \
             if {leaving} may go, run: cargo xtask setup --yes",
            packages.join(", ")
        ),
    }
}

fn removals(simulated: &str) -> Vec<String> {
    let removed = simulated
        .lines()
        .filter_map(|line| line.strip_prefix("Remv "));
    removed
        .filter_map(|rest| rest.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// Commands with the rights of root: ours, or by sudo.
struct Root<'k> {
    kit: &'k Kit,
    sudo: &'static [&'static str],
}

impl<'k> Root<'k> {
    fn new(kit: &'k Kit) -> Result<Self> {
        let sudo: &[&str] = if kit::stdout(kit.command("id").arg("-u"))?.trim() == "0" {
            &[]
        } else if kit.find("sudo").is_none() {
            bail!(
                "installing packages takes root's rights, and there is no sudo; run as root: cargo xtask setup"
            )
        } else if say::somebody_there() {
            &["sudo"]
        } else {
            &["sudo", "--non-interactive"]
        };
        Ok(Self { kit, sudo })
    }

    fn command(&self, words: &[&str]) -> Command {
        let all: Vec<&str> = self.sudo.iter().chain(words).copied().collect();
        let mut command = self.kit.command(all[0]);
        command.args(&all[1..]);
        command
    }

    /// `update` has no option to wait for another installation, so we do.
    fn update(&self, packages: &[&str]) -> Result<()> {
        let pause = Duration::from_secs(3);
        for _ in 0..PATIENCE.as_secs() / pause.as_secs() {
            let output = kit::output(&mut self.command(&["apt-get", "update", "--quiet"]))?;
            let errors = String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                return Ok(());
            }
            if !errors.contains("Could not get lock") {
                bail!(
                    "apt-get update failed, so {} cannot be installed: {}",
                    packages.join(", "),
                    errors.trim()
                );
            }
            thread::sleep(pause);
        }
        bail!(
            "another installation holds apt's lists for {} minutes",
            PATIENCE.as_secs() / 60
        )
    }

    fn answer(&self, answers: &str) -> Result<()> {
        let mut command = self.command(&["debconf-set-selections"]);
        let mut child = command
            .stdin(Stdio::piped())
            .spawn()
            .context("cannot start debconf-set-selections")?;
        let mut stdin = child
            .stdin
            .take()
            .context("debconf-set-selections has a stdin")?;
        stdin.write_all(answers.as_bytes())?;
        drop(stdin);
        let status = child.wait()?;
        kit::succeeded(&command, status)
    }

    fn install(&self, packages: &[&str]) -> Result<()> {
        // Container images delete all downloaded packages after any run of apt, also those of another
        // run that is about to unpack them: a folder of our own is out of its reach.
        let archives = format!("/var/cache/apt/signet-{}", id());
        kit::run(&mut self.command(&["mkdir", "--parents", &format!("{archives}/partial")]))?;
        let policy = Policy::place(self)?;
        let cache = format!("Dir::Cache::archives={archives}");
        let wait = format!("DPkg::Lock::Timeout={}", PATIENCE.as_secs());
        let words = [
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "--yes",
            "--quiet=2",
        ];
        let options = [
            "--no-install-recommends",
            "-o",
            &cache,
            "-o",
            &wait,
            "-o",
            "Dpkg::Use-Pty=0",
        ];
        let mut apt = self.command(&words);
        apt.args(options).args(packages).stdin(Stdio::null());
        let done = kit::run(&mut apt)
            .with_context(|| format!("apt could not install {}", packages.join(", ")));
        drop(policy);
        kit::run(&mut self.command(&["rm", "--recursive", "--force", &archives]))?;
        done
    }

    /// The rig starts its own mail servers; the system's must not come up at the next boot either.
    fn leave_off(&self, packages: &[&str]) {
        let servers = ["dovecot-imapd", "postfix"]
            .into_iter()
            .filter(|server| packages.contains(server));
        for server in servers.map(|package| package.trim_end_matches("-imapd")) {
            let words: &[&str] = match self.kit.find("systemctl") {
                Some(_) => &["systemctl", "--quiet", "disable", server],
                None => &["update-rc.d", server, "disable"],
            };
            if let Err(error) = kit::output(&mut self.command(words))
                .and_then(|output| kit::succeeded(&self.command(words), output.status))
            {
                say::line(&format!(
                    "setup: {server} may start at the next boot: {error}"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_is_only_unpacked_is_still_missing() {
        let told = "ii  gcc\niU  chromium\niF  postfix\nrc  dbus\nhi  procps\n";
        assert_eq!(fully_installed(told), ["gcc", "procps"]);
    }

    #[test]
    fn what_apt_would_remove_is_read_from_its_simulation() {
        let simulated = "Reading package lists...\nRemv exim4-base [4.96-15] [bsd-mailx:amd64 ]\nInst postfix (3.7.11)\n";
        assert_eq!(removals(simulated), ["exim4-base"]);
    }
}
