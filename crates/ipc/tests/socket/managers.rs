//! Which programs are the agent's own.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::tempdir;

use crate::fixture::{address, copy_of_knock, told};

#[tokio::test]
async fn a_program_beside_the_agent_is_a_manager_and_its_copy_elsewhere_is_not() {
    let (here, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let path = address(here.path());
    let agent = copy_of_knock(here.path(), "signet-tray");
    let _serving = Serving::start(&agent, &path);
    for (file, want) in [
        (agent, "manager"),
        (copy_of_knock(here.path(), "signet"), "manager"),
        (copy_of_knock(here.path(), "signet-window"), "manager"),
        (copy_of_knock(here.path(), "other"), "program"),
        (copy_of_knock(elsewhere.path(), "signet"), "program"),
    ] {
        assert_eq!(told(Command::new(&file), "client", path.clone()).await, want, "{}", file.display());
        let long = if want == "manager" { "not here" } else { "a line may be 65536 bytes long at most" };
        assert_eq!(told(Command::new(&file), "long", path.clone()).await, long, "{}", file.display());
    }
}

/// An agent in a process of its own, which ends with its test however that ends.
struct Serving(Child);

impl Serving {
    fn start(program: &PathBuf, path: &PathBuf) -> Self {
        let mut child = Command::new(program).arg("serve").arg(path).stdout(Stdio::piped()).spawn().unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0; 6]).unwrap();
        Self(child)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
