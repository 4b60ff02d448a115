//! What a component says instead of doing it.

use anyhow::Result;

use crate::office::{LANGUAGES, Office};

#[test]
fn a_component_says_what_signet_refuses_it() -> Result<()> {
    let office = Office::open()?;
    office.set_up(false)?;
    for language in LANGUAGES {
        let output = office.run(&format!("fetch.{language}"), &["faktury", "in"], "")?;
        let said = String::from_utf8_lossy(&output.stderr);
        let is_told = said.contains("switched off") && said.contains("(configuration)");
        assert!(!output.status.success() && is_told, "{language}: {said}");
    }
    Ok(())
}
