//! The end, or with `--keep` the beginning of playing.

use anyhow::Result;
use signet_e2e::agent::Tray;
use signet_e2e::rig::{ALICE, BIURO, MFA_CODE, USERS};

use crate::course::{Course, Stage};

impl Course {
    pub(crate) fn end(&mut self, stage: Stage) -> Result<()> {
        if self.wanted.keep {
            self.invite(&stage);
            stage.interrupts.wait();
            self.words.line("");
        }
        let Stage { window, tray, mut agent, rig, .. } = stage;
        drop(window);
        tray.map(Tray::stop).transpose()?;
        agent.stop()?;
        drop(agent);
        rig.stop()?;
        let seconds = self.words.seconds();
        self.words.line(&if self.wanted.keep {
            "Everything is stopped.".to_owned()
        } else {
            format!("\nAll of it happened, in {seconds:.1} s. With --keep it stays up for you to play with.")
        });
        Ok(())
    }

    fn invite(&mut self, stage: &Stage) {
        let Stage { agent, rig, .. } = stage;
        let ports = rig.ports();
        let program = agent.program();
        let programs = program.parent().unwrap_or(&program);
        let words = &mut self.words;
        words.line("\nAll of it happened, and everything is running. In another terminal:\n");
        words.line(&format!("  export PATH=\"{}:$PATH\"", programs.display()));
        words.line(&format!("  export SIGNET_SOCKET={}", agent.socket().display()));
        words.line(&format!("  export SIGNET_CONFIG_DIR={}", agent.config_dir().display()));
        words.line(&format!("  export SIGNET_STATE_DIR={}", agent.state_dir().display()));
        words.line(&format!("  export SIGNET_LANG={}", self.wanted.language.code()));
        words.line("\n  signet status");
        words.line(&format!("  signet token {} --for imap", BIURO.login));
        words.line(&format!("  signet accounts add {0} && signet sign-in {0}", ALICE.login));
        words.line("\nYour browser does not know the rig's certificate: accept its warning, or import");
        words.line(&format!("{}", rig.ca().display()));
        words.line("\n  user                        password");
        for user in USERS {
            let line = format!("  {:27} {:15}{}", user.login, user.password, note(user.login));
            words.line(line.trim_end());
        }
        words.line("\n  mail servers on 127.0.0.1 (XOAUTH2, OAUTHBEARER)");
        words.line(&format!("  IMAP  {} (STARTTLS)  {} (TLS)", ports.imap, ports.imaps));
        words.line(&format!("  POP3  {} (STARTTLS)  {} (TLS)", ports.pop3, ports.pop3s));
        words.line(&format!("  SMTP  {} (STARTTLS)  {} (TLS)", ports.smtp, ports.smtps));
        words.line(&format!("\n  the agent's log: {}", agent.log_file().display()));
        words.line("\nCtrl-C ends it.");
    }
}

fn note(login: &str) -> String {
    match login.split('@').next() {
        Some("carol") => format!("second factor: {MFA_CODE}"),
        Some("dave") => "is disabled".to_owned(),
        _ => String::new(),
    }
}
