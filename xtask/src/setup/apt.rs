//! What comes from the system's packages: Debian's and Ubuntu's by apt, elsewhere by telling the person.

mod policy;
mod root;

use anyhow::{Result, bail};

use self::root::Root;
use super::Displacing;
use crate::kit::{self, Kit};
use crate::say;

pub(super) struct Need {
    /// For the person.
    what: &'static str,
    package: &'static str,
    /// Elsewhere than on Debian, any of these shows that it is there.
    commands: &'static [&'static str],
    /// On Debian too, these serve as well as the package.
    instead: &'static [&'static str],
}

/// What building, the rig and the checks take.
pub(super) const HERE: &[Need] = &[
    need("a C compiler, for the bundled SQLite", "gcc", &["cc"], &["cc"]),
    need("the C library's headers", "libc6-dev", &["cc"], &[]),
    need("the trusted certificates", "ca-certificates", &[], &[]),
    need("the window's web engine", "libwebkit2gtk-4.1-dev", &[], &[]),
    need("Dovecot, the rig's IMAP server", "dovecot-imapd", &["dovecot"], &[]),
    need("Dovecot's POP3 server", "dovecot-pop3d", &["dovecot"], &[]),
    need("Dovecot's LMTP server", "dovecot-lmtpd", &["dovecot"], &[]),
    need("Postfix, the rig's SMTP server", "postfix", &["postfix"], &[]),
    need(
        "Chromium, the rig's browser",
        "chromium",
        &["chromium", "chromium-browser", "google-chrome"],
        &["chromium-browser", "google-chrome"],
    ),
    need("a font for its pages", "fonts-dejavu-core", &[], &[]),
    need("the GNOME keyring", "gnome-keyring", &["gnome-keyring-daemon"], &[]),
    need("the GNOME keyring's question for its password", "gcr", &[], &[]),
    need("a display for it", "xvfb", &["Xvfb"], &[]),
    need("a Wayland compositor", "weston", &["weston"], &[]),
    need("what types the answer", "xdotool", &["xdotool"], &[]),
    need("a window manager, for the desktop of the tests", "openbox", &["openbox"], &[]),
    need("a panel with a place for tray icons", "xfce4-panel", &["xfce4-panel"], &[]),
    need("what shows notifications", "xfce4-notifyd", &[], &[]),
    need("what takes the pictures", "maim", &["maim"], &[]),
    need("what drives the window", "webkit2gtk-driver", &["WebKitWebDriver"], &[]),
    need("a D-Bus daemon", "dbus", &["dbus-daemon"], &[]),
    need("Python, for the documents' examples", "python3", &["python3"], &[]),
    need("curl, for them too", "curl", &["curl"], &["curl"]),
    need("socat, for them too", "socat", &["socat"], &[]),
    need("jq, for the components in shell", "jq", &["jq"], &[]),
    need("ps", "procps", &["ps"], &[]),
    need("ip, for a network that changes", "iproute2", &["ip"], &[]),
];

/// What building for another system takes: a Rust that brings its standard library's sources.
pub(super) const OTHER_SYSTEMS: &[Need] = &[
    need("Debian's Rust, for other systems", "rustc-web", &[], &[]),
    need("its cargo", "cargo-web", &[], &[]),
    need("its standard library's sources", "rust-web-src", &[], &[]),
];

/// What running there takes besides.
pub(super) const WINDOWS: &[Need] = &[
    need("a C compiler for Windows", "gcc-mingw-w64-x86-64-posix", &[], &[]),
    need("Wine, to run what was built for Windows", "wine64", &[], &[]),
];

/// What fuzzing takes.
pub(super) const FUZZ: &[Need] = &[need("a C++ compiler, for libFuzzer", "g++", &["c++"], &["c++"])];

const fn need(
    what: &'static str,
    package: &'static str,
    commands: &'static [&'static str],
    instead: &'static [&'static str],
) -> Need {
    Need { what, package, commands, instead }
}

pub(super) fn ensure(kit: &Kit, displacing: Displacing) -> Result<()> {
    if !is_here(kit) {
        return tell_what_is_missing(kit);
    }
    let missing = missing(kit, HERE)?;
    if missing.is_empty() {
        return Ok(());
    }
    let root = Root::new(kit)?;
    root.update()?;
    install_missing(&root, &missing, displacing)
}

/// The same where the system may have no such packages; says whether they are installed now.
pub(super) fn ensure_where_known(kit: &Kit, needs: &[Need], displacing: Displacing) -> Result<bool> {
    if !is_here(kit) {
        return Ok(false);
    }
    let missing = missing(kit, needs)?;
    if missing.is_empty() {
        return Ok(true);
    }
    let root = Root::new(kit)?;
    root.update()?;
    let mut show = kit.command("apt-cache");
    show.args(["show", "--no-all-versions"]).args(missing.iter().map(|need| need.package));
    if !kit::output(&mut show)?.status.success() {
        return Ok(false);
    }
    install_missing(&root, &missing, displacing).map(|()| true)
}

fn is_here(kit: &Kit) -> bool {
    ["dpkg-query", "apt-get"].iter().all(|command| kit.find(command).is_some())
}

fn missing<'n>(kit: &Kit, needs: &'n [Need]) -> Result<Vec<&'n Need>> {
    let installed = installed(kit, needs)?;
    Ok(needs.iter().filter(|need| !is_met(kit, need, &installed)).collect())
}

fn install_missing(root: &Root, missing: &[&Need], displacing: Displacing) -> Result<()> {
    let kit = root.kit;
    for Need { what, package, .. } in missing {
        say::line(&format!("setup: {what} is missing, installing {package}"));
    }
    let mut packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    // The keyring wants a session bus; the one that apt would choose by itself brings all of systemd.
    if packages.contains(&"gnome-keyring") && kit.find("systemctl").is_none() {
        packages.push("dbus-x11");
    }
    check_what_leaves(kit, &packages, displacing)?;
    if packages.contains(&"postfix") {
        root.answer("postfix postfix/main_mailer_type select No configuration\n")?;
    }
    root.install(&packages)?;
    for (package, server) in [("dovecot-imapd", "dovecot"), ("postfix", "postfix")] {
        if packages.contains(&package) {
            root.keep_off(server);
        }
    }
    Ok(())
}

/// Installs packages that start nothing and displace nothing.
pub(super) fn install(kit: &Kit, packages: &[&str]) -> Result<()> {
    if kit.find("apt-get").is_none() {
        bail!("install {} with your system's package manager", packages.join(" and "));
    }
    let root = Root::new(kit)?;
    root.update()?;
    check_what_leaves(kit, packages, Displacing::Ask)?;
    root.install(packages)
}

fn installed(kit: &Kit, needs: &[Need]) -> Result<Vec<String>> {
    let mut query = kit.command("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Abbrev} ${Package}\n"]);
    // It fails when it knows nothing of one package, and tells of the others all the same.
    let told = kit::output(query.args(needs.iter().map(|need| need.package)))?.stdout;
    Ok(fully_installed(&String::from_utf8_lossy(&told)))
}

/// The second letter is the present state; `i` alone is a package that is unpacked *and* configured.
fn fully_installed(told: &str) -> Vec<String> {
    let words = told.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    words
        .filter_map(|words| match words[..] {
            [state, package] if state.chars().nth(1) == Some('i') && state.len() == 2 => Some(package.to_owned()),
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
    let provable = HERE.iter().filter(|need| !need.commands.is_empty());
    let missing: Vec<&Need> = provable.filter(|need| !any_found(kit, need.commands)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let lines = missing.iter().map(|need| format!("\n  {} (Debian: {})", need.what, need.package));
    bail!(
        "this system has no apt-get; install with its own package manager, without starting the servers:{}",
        lines.collect::<String>()
    );
}

/// Installing a mail server makes apt remove another one, and with it the system's own mail.
fn check_what_leaves(kit: &Kit, packages: &[&str], displacing: Displacing) -> Result<()> {
    let mut simulate = kit.command("apt-get");
    simulate.args(["install", "--simulate", "--quiet", "--no-install-recommends"]).args(packages);
    let leaving = removals(&kit::stdout(&mut simulate)?);
    if leaving.is_empty() {
        return Ok(());
    }
    let leaving = leaving.join(", ");
    if displacing == Displacing::Allowed {
        say::line(&format!("setup: {leaving} is removed, since it cannot stay beside {}", packages.join(", ")));
        return Ok(());
    }
    match say::ask(&format!("Installing {} removes {leaving}. Go on?", packages.join(", "))) {
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
    let removed = simulated.lines().filter_map(|line| line.strip_prefix("Remv "));
    removed.filter_map(|rest| rest.split_whitespace().next()).map(str::to_owned).collect()
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
        let simulated =
            "Reading package lists...\nRemv exim4-base [4.96-15] [bsd-mailx:amd64 ]\nInst postfix (3.7.11)\n";
        assert_eq!(removals(simulated), ["exim4-base"]);
    }
}
