//! The table: what brings each verdict about, what it means, and how it is told.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use signet_e2e::Rig;
use signet_e2e::rig::control::{Fault, Revocation, Settings, Times};
use signet_e2e::rig::{CLIENT_ID, MAIL_SCOPES, User};

pub(crate) const GRAPH: &str = "https://graph.microsoft.com/User.Read";
pub(crate) const CLAIMS: &str = r#"{"access_token":{"capolids":{"essential":true,"values":["2c7fd9c0"]}}}"#;
/// Seconds after which a refresh token that nobody uses has ended.
const LONG_UNUSED: i64 = 91 * 86_400;

/// One row of the table of verdicts.
#[derive(Clone, Copy)]
pub(crate) struct Verdict {
    /// Who is struck, and the name of the account.
    pub(crate) login: &'static str,
    pub(crate) cause: Cause,
    pub(crate) aadsts: u32,
    pub(crate) code: (i32, &'static str),
    pub(crate) kind: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) exit: i32,
    pub(crate) concerns: Concerns,
}

/// What brings a verdict about.
#[derive(Clone, Copy)]
pub(crate) enum Cause {
    PasswordChanged,
    Unused,
    Disabled,
    ConsentWithdrawn,
    /// The provider is told to give this number.
    Number,
    /// The same, with claims to be satisfied.
    Claims,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Concerns {
    Account,
    Resource,
}

const PERSON: (i32, &str) = (-32050, "sign_in_required");
const ADMINISTRATOR: (i32, &str) = (-32051, "admin_required");
const CONFIGURATION: (i32, &str) = (-32052, "configuration");

#[rustfmt::skip]
pub(crate) const VERDICTS: [Verdict; 11] = [
    row("password@contoso.example", Cause::PasswordChanged, 50_173, PERSON, "password_changed", Concerns::Account),
    row("unused@contoso.example", Cause::Unused, 700_082, PERSON, "expired_unused", Concerns::Account),
    row("disabled@contoso.example", Cause::Disabled, 50_057, ADMINISTRATOR, "account_disabled", Concerns::Account),
    row("mfa@contoso.example", Cause::Number, 50_076, PERSON, "mfa_required", Concerns::Account),
    row("spa-refresh@contoso.example", Cause::Number, 700_084, CONFIGURATION, "wrong_registration", Concerns::Account),
    row("consent@contoso.example", Cause::ConsentWithdrawn, 65_001, PERSON, "consent_required", Concerns::Resource),
    row("challenge@contoso.example", Cause::Claims, 50_158, PERSON, "mfa_required", Concerns::Resource),
    row("policy@contoso.example", Cause::Claims, 53_003, ADMINISTRATOR, "conditional_access", Concerns::Resource),
    row("approval@contoso.example", Cause::Number, 90_094, ADMINISTRATOR, "admin_consent_required", Concerns::Resource),
    row("web@contoso.example", Cause::Number, 7_000_218, CONFIGURATION, "wrong_registration", Concerns::Resource),
    row("spa@contoso.example", Cause::Number, 9_002_327, CONFIGURATION, "wrong_registration", Concerns::Resource),
];

const fn row(
    login: &'static str,
    cause: Cause,
    aadsts: u32,
    code: (i32, &'static str),
    reason: &'static str,
    concerns: Concerns,
) -> Verdict {
    let (kind, exit) = match code.0 {
        -32050 => ("sign_in", 3),
        -32051 => ("admin", 4),
        _ => ("configuration", 4),
    };
    Verdict { login, cause, aadsts, code, kind, reason, exit, concerns }
}

impl Verdict {
    pub(crate) fn person(&self) -> User {
        User { login: self.login, password: "pw-new" }
    }

    /// Makes the authority give it for mail.
    pub(crate) fn bring_about(&self, rig: &Rig) -> Result<()> {
        let control = rig.control();
        match self.cause {
            Cause::PasswordChanged => control.revoke(self.login, Revocation::Password),
            Cause::Unused => control.set(&Settings { clock_offset: Some(LONG_UNUSED), ..Settings::default() }),
            Cause::Disabled => control.put_user(self.login, &json!({ "disabled": true })),
            Cause::ConsentWithdrawn => {
                control.forget_consent(self.login)?;
                control.consent(self.login, &["openid", "profile", "offline_access", GRAPH])
            }
            Cause::Number | Cause::Claims => control.fault(&self.refusal("refresh_token", &MAIL_SCOPES.join(" "))),
        }
    }

    /// The order for it at this person's requests with these parameters too.
    pub(crate) fn refusal(&self, grant_type: &str, scopes: &str) -> Fault {
        let scope = format!("openid profile offline_access {scopes}");
        let matching = [("user", self.login), ("grant_type", grant_type), ("scope", &*scope)];
        Fault {
            matching: matching.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            aadsts: Some(self.aadsts),
            claims: matches!(self.cause, Cause::Claims).then(|| CLAIMS.to_owned()),
            times: Times::Always,
            ..Fault::default()
        }
    }

    /// Somebody has done what was asked for.
    pub(crate) fn put_right(&self, rig: &Rig) -> Result<()> {
        rig.control().cancel_faults()?;
        rig.control().set(&Settings { clock_offset: Some(0), ..Settings::default() })?;
        rig.control().put_user(self.login, &json!({ "disabled": false }))
    }

    /// How a refusal for it is told.
    pub(crate) fn check(&self, refused: &Value, language: &str) -> Result<()> {
        let (name, data) = (self.login, &refused["data"]);
        assert_eq!((&refused["code"], &data["code"]), (&json!(self.code.0), &json!(self.code.1)), "{name}: {refused}");
        assert_eq!((&data["kind"], &data["reason"]), (&json!(self.kind), &json!(self.reason)), "{name}: {refused}");
        assert_eq!(data["aadsts"], self.aadsts, "{name}: {refused}");
        let action =
            data["action"].as_str().map(|action| action.split_once("/adminconsent?").map_or(action, |(_, it)| it));
        let (by_signing_in, by_consent) = (format!("signet sign-in {name}"), format!("client_id={CLIENT_ID}"));
        let wanted = match (self.kind, self.reason) {
            ("sign_in", _) => Some(&*by_signing_in),
            (_, "admin_consent_required") => Some(&*by_consent),
            _ => None,
        };
        assert_eq!(action, wanted, "{name}: {refused}");
        let correlation = data["correlation_id"].as_str().context("the authority gives one")?;
        assert_eq!(refused["message"], self.message(correlation, language)?, "{name}, in {language}");
        Ok(())
    }

    fn message(&self, correlation: &str, language: &str) -> Result<String> {
        let agent = Texts::of(language, "agent")?;
        let numbers = agent.value("error-numbers")?;
        let numbers = numbers.replace("{ $code }", &self.aadsts.to_string()).replace("{ $id }", correlation);
        if self.kind == "sign_in" {
            let reason = agent.value(&format!("reason-{}", self.reason.replace('_', "-")))?;
            let sentence = agent.value("error-sign-in-required-because")?.replace("{ $account }", self.login);
            return Ok(sentence.replace("{ $reason }", &format!("{reason} {numbers}")));
        }
        let aadsts = Texts::of(language, "aadsts")?;
        let id = format!("aadsts-{}", self.aadsts);
        let (meaning, action) = (aadsts.value(&id)?, aadsts.action(&id)?);
        let why = format!("{meaning} {action} {numbers}");
        if self.kind == "admin" {
            let sentence = agent.value("error-admin-required")?.replace("{ $account }", self.login);
            return Ok(format!("{sentence} {why}"));
        }
        Ok(why)
    }
}

/// The sentences as the translators wrote them.
pub(crate) struct Texts(String);

impl Texts {
    pub(crate) fn of(language: &str, file: &str) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(language);
        Ok(Self(fs::read_to_string(folder.join(file).with_extension("ftl"))?))
    }

    pub(crate) fn value(&self, id: &str) -> Result<&str> {
        let start = format!("{id} = ");
        self.0.lines().find_map(|line| line.strip_prefix(&start)).with_context(|| format!("there is no {id}"))
    }

    fn action(&self, id: &str) -> Result<&str> {
        let start = format!("{id} = ");
        let mut lines = self.0.lines().skip_while(|line| !line.starts_with(&start));
        let action = lines.nth(1).and_then(|line| line.trim_start().strip_prefix(".action = "));
        action.with_context(|| format!("{id} has no action"))
    }
}
