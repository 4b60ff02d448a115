//! A keyring that is locked, empty, hung or out of reach: told as what it is, and gone on from by itself.

use anyhow::Result;
use signet_e2e::agent::Watch;
use signet_e2e::desktop::Prompter;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::{Agent, Desktop, Options, Rig};

/// Alice's sign-in is saved under a key in her keyring, and neither keyring nor agent runs.
struct Stage {
    rig: Rig,
    desktop: Desktop,
    agent: Agent,
    token: String,
}

impl Stage {
    fn set_up() -> Result<Self> {
        let rig = Rig::start(Options::without_mail())?;
        let desktop = Desktop::start()?;
        let keyring = desktop.unlock("own")?;
        let mut agent = Agent::signed_in_by_forms(&rig, ALICE, desktop.agent_options())?;
        let token = agent.token(ALICE.login)?;
        agent.stop()?;
        drop(keyring);
        rig.control().forget_requests()?;
        Ok(Self { rig, desktop, agent, token })
    }

    /// The agent starts, and comes upon this trouble.
    fn start(&mut self, notice: &str) -> Result<Watch> {
        self.agent.launch()?;
        let mut watch = self.agent.watch()?;
        watch.until_notices(&[notice])?;
        Ok(watch)
    }

    /// Whoever asks is told so at once, in both languages, and never to sign in again.
    #[track_caller]
    fn check_told(&self, code: i32, english: &str, polish: &str) -> Result<()> {
        for (language, word) in [("en", english), ("pl", polish)] {
            let owner = self.agent.owner().speaking(language);
            let said = owner.signet(&["token", ALICE.login])?;
            assert_eq!(
                (said.code, said.stderr.contains(word), &*said.stdout),
                (code, true, ""),
                "{word:?} of {said:?}"
            );
            let status = owner.signet(&["status"])?.line()?;
            assert!(status.contains(word), "{word:?} of {status}");
        }
        Ok(())
    }

    /// It goes on by itself, from what was saved.
    fn check_found(&self, mut watch: Watch) -> Result<()> {
        watch.until_account(ALICE.login, "ready")?;
        watch.until_notices(&[])?;
        assert_eq!(self.agent.token(ALICE.login)?, self.token);
        assert!(self.rig.control().requests(Endpoint::Token)?.is_empty(), "the provider was asked");
        Ok(())
    }

    #[track_caller]
    fn check_locked(&self, prompter: &Prompter) -> Result<()> {
        prompter.await_question()?;
        self.check_told(8, "the system asks for its password", "system pyta o jego hasło")
    }
}

#[test]
fn a_locked_keyring_asks_for_its_password_and_the_answer_is_enough() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let prompter = stage.desktop.prompter()?;
    let _keyring = stage.desktop.start_locked("own")?;
    let watch = stage.start("error-locked-keyring")?;
    stage.check_locked(&prompter)?;
    stage.check_locked(&prompter)?;
    prompter.answer()?;
    stage.check_found(watch)
}

#[test]
fn a_dismissed_question_is_put_again_at_the_person_s_wish_alone() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let prompter = stage.desktop.prompter()?;
    let _keyring = stage.desktop.start_locked("own")?;
    let mut watch = stage.start("error-locked-keyring")?;
    prompter.dismiss()?;
    watch.until_notices(&["error-keyring-denied"])?;
    stage.check_told(8, "signet unlock", "signet unlock")?;
    stage.check_told(8, "was dismissed", "odrzucono")?;
    assert_eq!(stage.agent.signet(&["unlock"])?.code, 8, "it is being asked");
    watch.until_notices(&["error-locked-keyring"])?;
    prompter.answer()?;
    stage.check_found(watch)
}

#[test]
fn where_no_question_can_be_put_a_keyring_that_is_unlocked_otherwise_is_noticed() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let locked = stage.desktop.start_locked("own")?;
    let watch = stage.start("error-keyring-denied")?;
    stage.check_told(8, "could not be asked here", "nie można go tu zadać")?;
    drop(locked);
    let _unlocked = stage.desktop.unlock("own")?;
    stage.check_found(watch)
}

#[test]
fn a_question_that_nobody_answers_holds_up_neither_the_agent_nor_its_end() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let prompter = stage.desktop.prompter()?;
    let keyring = stage.desktop.start_locked("own")?;
    let watch = stage.start("error-locked-keyring")?;
    stage.check_locked(&prompter)?;
    let said = stage.agent.signet(&["sign-out", ALICE.login])?;
    assert_eq!(said.code, 0, "what needs no key is done: {said:?}");
    drop(watch);
    assert_eq!(stage.agent.stop()?, Some(0), "it ends when it is asked to");
    drop(keyring);
    Ok(())
}

#[test]
fn a_keyring_with_nothing_to_keep_secrets_in_is_told_as_that() -> Result<()> {
    let rig = Rig::start(Options::without_mail())?;
    let desktop = Desktop::start()?;
    let _keyring = desktop.start_locked("fresh")?;
    let agent = Agent::start(&rig, desktop.agent_options())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let mut stage = Stage { rig, desktop, agent, token: String::new() };
    stage.agent.watch()?.until_notices(&["error-keyring-empty"])?;
    stage.check_told(4, "no default keyring", "nie ma domyślnego")?;
    stage.agent.stop()?;
    Ok(())
}

#[test]
fn a_keyring_that_hangs_is_told_as_that_and_gone_on_from() -> Result<()> {
    let mut stage = Stage::set_up()?;
    let keyring = stage.desktop.unlock("own")?;
    keyring.fall_silent()?;
    let watch = stage.start("error-keyring-timeout")?;
    stage.check_told(8, "does not answer", "nie odpowiada")?;
    keyring.recover()?;
    stage.check_found(watch)
}

#[test]
fn no_keyring_and_no_bus_to_reach_one_by_are_told_apart() -> Result<()> {
    let mut stage = Stage::set_up()?;
    stage.start("error-keyring-absent")?;
    stage.check_told(4, "There is no system keyring here", "Nie ma tu systemowego magazynu kluczy")?;
    stage.agent.stop()?;
    stage.desktop.end_bus();
    stage.start("error-keyring-out-of-reach")?;
    stage.check_told(4, "There is no session bus here", "Nie ma tu magistrali sesji")
}
