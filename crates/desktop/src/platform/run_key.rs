//! What Windows starts at login, as the registry has it.

use windows_registry::{CURRENT_USER, LOCAL_MACHINE};

const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";

/// Whether the entry of this name starts this program.
pub(crate) fn starts(name: &str, program: &str) -> bool {
    let entered = [CURRENT_USER, LOCAL_MACHINE].map(|root| root.open(RUN).and_then(|key| key.get_string(name)));
    entered.into_iter().flatten().any(|line| is_command(&line, program))
}

/// Paths of Windows are the same in capitals and small letters.
fn is_command(line: &str, program: &str) -> bool {
    line.to_lowercase().starts_with(&format!("\"{program}\"").to_lowercase())
}
