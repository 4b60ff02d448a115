//! `signet config`: it looks at the settings, checks and edits them, whether or not an agent runs.

use std::fs;
use std::os::unix::fs::chown;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};
use signet_e2e::agent::{OWNER, Said};
use signet_e2e::rig::CLIENT_ID;
use signet_e2e::terminal::run_at_a_terminal;
use signet_e2e::{Agent, AgentOptions, Options, Rig};

/// No agent runs.
struct Stage {
    _rig: Rig,
    agent: Agent,
    file: PathBuf,
    good: String,
}

impl Stage {
    fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let mut agent = Agent::start(&rig, AgentOptions::default())?;
        agent.stop()?;
        let file = agent.config_dir().join("config.toml");
        let good = fs::read_to_string(&file)?;
        Ok(Self { _rig: rig, agent, file, good })
    }

    fn json(&self, arguments: &[&str], code: i32) -> Result<Value> {
        let said = self.agent.signet(arguments)?;
        assert_eq!((said.code, &*said.stderr), (code, ""), "{said:?}");
        Ok(serde_json::from_str(&said.stdout)?)
    }

    /// `signet config edit` at a terminal: each time the editor is started it leaves the next of these texts.
    fn edit(&self, typed: &[&str], answers: &str) -> Result<Said> {
        let folder = self.agent.home().join("typed");
        fs::create_dir_all(&folder)?;
        for (number, text) in typed.iter().enumerate() {
            fs::write(folder.join(format!("{number}")), text)?;
        }
        chown(&folder, Some(OWNER), Some(OWNER)).ok();
        let editor = self.agent.home().join("editor");
        fs::write(
            &editor,
            format!("cd {} && next=$(ls | head -n 1) && cat \"$next\" > \"$2\" && rm -f \"$next\"", folder.display()),
        )?;
        let mut command = self.agent.owner().command(self.agent.program());
        // The argument shows that EDITOR may have some.
        command.args(["config", "edit"]).env("EDITOR", format!("sh '{}' --wait", editor.display()));
        run_at_a_terminal(&mut command, answers)
    }

    /// What lies in the folder beside the configuration.
    fn kept(&self) -> Result<Vec<String>> {
        let files = fs::read_dir(self.agent.config_dir())?.collect::<Result<Vec<_>, _>>()?;
        let kept = files.iter().map(fs::DirEntry::path).filter(|path| *path != self.file);
        Ok(kept.map(fs::read_to_string).collect::<Result<_, _>>()?)
    }
}

#[test]
fn a_right_configuration_is_fine_and_a_wrong_one_is_told_in_full() -> Result<()> {
    let stage = Stage::set_up()?;
    let said = stage.agent.signet(&["config", "check"])?.line()?;
    assert_eq!(said, format!("Fine: {}", stage.file.display()));
    assert_eq!(stage.json(&["config", "check", "--json"], 0)?["fine"], json!(true));

    fs::write(&stage.file, "version = 1\n[netwerk]\n[store]\nkey = 5\n")?;
    let said = stage.agent.owner().speaking("pl").signet(&["config", "check"])?;
    let lines: Vec<_> = said.stdout.lines().collect();
    assert_eq!((said.code, lines.len()), (4, 2), "each mistake is told: {said:?}");
    assert!(lines[0].contains("wiersz 2, kolumna 2") && lines[0].contains("Czy chodziło o „network”?"), "{said:?}");
    assert!(lines[1].contains("wiersz 4, kolumna 7") && lines[1].contains("w cudzysłowie"), "{said:?}");
    let told = stage.json(&["config", "check", "--json"], 4)?;
    assert_eq!(told["mistakes"][0]["args"], json!({ "word": "netwerk", "nearest": "network" }), "{told}");

    fs::remove_file(&stage.file)?;
    assert!(stage.agent.signet(&["config", "check"])?.line()?.contains("everything is at its default"));
    fs::create_dir(&stage.file)?;
    assert_eq!(stage.agent.signet(&["config", "check"])?.code, 4, "what cannot be read is not fine");
    Ok(())
}

#[test]
fn the_settings_that_hold_and_their_place_are_shown() -> Result<()> {
    let stage = Stage::set_up()?;
    assert_eq!(stage.agent.signet(&["config", "path"])?.line()?, stage.file.display().to_string());
    fs::write(&stage.file, format!("{}[accounts.'a@contoso.example']\n", stage.good))?;
    let shown = stage.agent.signet(&["config", "show"])?.line()?;
    let account = &stage.json(&["config", "show", "--json"], 0)?["accounts"]["a@contoso.example"];
    assert_eq!(account["client_id"], CLIENT_ID, "what [app] says holds for the account: {account}");
    assert_eq!(account["response_mode"], "form_post", "and so do the defaults: {account}");
    fs::write(&stage.file, &shown)?;
    assert_eq!(stage.agent.signet(&["config", "show"])?.line()?, shown, "what is shown says the same");
    Ok(())
}

#[test]
fn an_edit_takes_the_place_of_the_file_once_it_is_right() -> Result<()> {
    let stage = Stage::set_up()?;
    let better = stage.good.replace("version = 1", "version = 1 # mine");
    let said = stage.edit(&["version = 2\n", &better], "y\n")?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stdout.contains("Version 2 is not known") && said.stdout.contains("Edit again?"), "{said:?}");
    assert_eq!(fs::read_to_string(&stage.file)?, better);
    assert_eq!(stage.kept()?, Vec::<String>::new(), "no copy is left lying about");
    Ok(())
}

#[test]
fn what_was_typed_in_an_edit_is_never_lost() -> Result<()> {
    let stage = Stage::set_up()?;
    let said = stage.edit(&["version = 2\n"], "n\n")?;
    assert_eq!((said.code, fs::read_to_string(&stage.file)?), (4, stage.good.clone()), "{said:?}");
    assert_eq!(stage.kept()?, ["version = 2\n"], "{said:?}");
    assert!(said.stdout.contains("config-edit-"), "and its place is told: {said:?}");

    let said = stage.edit(&[], "")?;
    assert_eq!(said.code, 4, "an editor that fails changes nothing: {said:?}");
    assert_eq!(fs::read_to_string(&stage.file)?, stage.good);

    let said = stage.agent.signet(&["config", "edit"])?;
    assert_eq!(said.code, 2, "without a terminal nobody is asked: {said:?}");
    Ok(())
}
