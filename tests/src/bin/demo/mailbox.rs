//! What a mail program does with the token: reads and sends.

use anyhow::{Context, Result, ensure};
use signet_e2e::mail::{Credential, Door, Imap, Letter, Manners, Protocol, Smtp, Tls};
use signet_e2e::rig::BIURO;

use crate::course::{Course, Stage};
use crate::tokens::Token;

const SUBJECT: &str = "Faktura za październik";
/// More than one buffer of any program on the way.
const PDF_SIZE: usize = 200_000;

impl Course {
    pub(crate) fn mail(&mut self, stage: &Stage, token: &Token) -> Result<()> {
        let credential = Credential::xoauth2(BIURO.login, &token.access);
        let imap_door = door(stage, Protocol::Imap, Tls::Implicit)?;
        let mut imap = Imap::login(&imap_door, credential).context("expected the mailbox to open with the token")?;
        let folders = imap.mailboxes()?;
        ensure!(folders.iter().any(|name| name == "INBOX"), "expected an INBOX among the folders {folders:?}");
        self.words.step("mailbox opened", &format!("IMAP takes the token; folders: {}", folders.join(", ")));

        let pdf = pdf();
        let smtp_door = door(stage, Protocol::Smtp, Tls::StartTls)?;
        let mut smtp = Smtp::login(&smtp_door, credential).context("expected SMTP to take the token")?;
        let letter = Letter { from: BIURO.login, to: BIURO.login, subject: SUBJECT, pdf: &pdf };
        smtp.send(&letter).context("expected the mail to be accepted")?;
        smtp.quit()?;
        let size = pdf.len() / 1_000;
        self.words.step("mail sent", &format!("SMTP takes the token; \"{SUBJECT}\" with a PDF of {size} kB"));

        let arrived = imap.await_pdf(SUBJECT).context("expected the mail to arrive")?;
        ensure!(arrived == pdf, "expected the PDF as it was sent, but {} bytes of it are others", arrived.len());
        imap.logout()?;
        self.words.step("mail arrived", &format!("IMAP shows it, and all {} bytes of the PDF are the same", pdf.len()));
        Ok(())
    }

    pub(crate) fn log_in_again(&mut self, stage: &Stage, token: &Token) -> Result<()> {
        let credential = Credential::xoauth2(BIURO.login, &token.access);
        let door = door(stage, Protocol::Imap, Tls::Implicit)?;
        door.try_login(Protocol::Imap, credential).context("expected the mailbox to open with the new token")?;
        self.words.step("mailbox opened", "IMAP takes the new token too");
        Ok(())
    }
}

fn door(stage: &Stage, protocol: Protocol, tls: Tls) -> Result<Door> {
    Door::of(&stage.rig, protocol, tls, Manners::Plain).context("the rig has this port")
}

/// Looks like a PDF, and holds every byte.
fn pdf() -> Vec<u8> {
    let bytes = (0..=u8::MAX).cycle().take(PDF_SIZE);
    b"%PDF-1.7\n".iter().copied().chain(bytes).chain(*b"\n%%EOF\n").collect()
}
