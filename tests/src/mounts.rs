//! Mounts of a test's own, which nobody else notices.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::rig::{as_root, run};

/// Set in the process that has mounts of its own.
const INSIDE: &str = "SIGNET_TEST_MOUNTS";

/// Runs a test again in a mount namespace, and there calls `test`.
pub fn of_its_own(name: &str, test: impl FnOnce() -> Result<()>) -> Result<()> {
    if env::var_os(INSIDE).is_some() {
        return test();
    }
    let mut command = as_root("unshare");
    command.args(["--mount", "--propagation", "private", "env", &format!("{INSIDE}=1")]);
    command.args(env::vars().map(|(name, value)| format!("{name}={value}")));
    command.arg(env::current_exe()?).args(["--exact", name, "--nocapture"]);
    let output = command.stdin(Stdio::null()).output().context("unshare, of util-linux")?;
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).join("\n");
    ensure!(output.status.success(), "with mounts of its own: {said}");
    ensure!(said.contains("1 passed"), "there is no test {name}: {said}");
    Ok(())
}

/// Puts a folder in another's place, which is made where there is none: an empty one means nothing to anybody.
pub fn put_over(folder: &Path, place: &Path) -> Result<()> {
    run(as_root("mkdir").args(["-p", "-m", "755"]).arg(place))?;
    run(as_root("mount").arg("--bind").arg(folder).arg(place))
}

/// From now on no name server answers: names are asked for at an address of the loopback where nobody listens.
#[derive(Debug)]
pub struct NoNameServer {
    _files: TempDir,
}

impl NoNameServer {
    pub fn put() -> Result<Self> {
        let files = tempfile::tempdir()?;
        for (place, text) in
            [("/etc/resolv.conf", "nameserver 127.0.0.99\n"), ("/etc/nsswitch.conf", "hosts: files dns\n")]
        {
            let file = files.path().join(Path::new(place).file_name().context("a name")?);
            fs::write(&file, text)?;
            fs::set_permissions(&file, Permissions::from_mode(0o644))?;
            run(as_root("mount").arg("--bind").arg(&file).arg(fs::canonicalize(place).context(place)?))?;
        }
        Ok(Self { _files: files })
    }
}

/// What lies over `/etc/signet`, in a test that has mounts of its own.
#[derive(Debug)]
pub struct Policy {
    folder: TempDir,
}

impl Policy {
    /// None yet.
    pub fn put() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
        put_over(folder.path(), Path::new("/etc/signet"))?;
        Ok(Self { folder })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("policy.toml")
    }

    /// In its place at once, as a tool that distributes policies would put it.
    pub fn write(&self, text: &str) -> Result<()> {
        let beside = self.folder().join("new");
        fs::write(&beside, text)?;
        fs::set_permissions(&beside, Permissions::from_mode(0o644))?;
        Ok(fs::rename(&beside, self.file())?)
    }
}
