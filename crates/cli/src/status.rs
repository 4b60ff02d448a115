use ipc::{AccountRow, AccountState, AgentStatus};
use texts::text;

use crate::connect;
use crate::exit::Failed;
use crate::out::Out;

pub(crate) fn status(out: &mut Out) -> Result<(), Failed> {
    let mut connection = connect()?;
    let status = connection.call(&AgentStatus {})?;
    let accounts = connection.accounts()?;
    if out.json {
        let mut whole = serde_json::json!(status);
        whole["account_list"] = serde_json::json!(accounts);
        return out.json(&whole);
    }
    let uptime = texts::duration(out.language, std::time::Duration::from_secs(status.uptime_seconds));
    let running = text(out.language, "status-running", &[("version", &status.version), ("uptime", &uptime)]);
    out.result(&running)?;
    for notice in &status.notices {
        let line = agent::told(out.language, notice);
        out.result(&line)?;
    }
    if accounts.is_empty() {
        out.say("cli-no-accounts", &[]);
    }
    for row in &accounts {
        let mut line = text(out.language, &status_id(row), &[("account", &row.name)]);
        if let Some(until) = &row.expires_at {
            line.push_str(", ");
            line.push_str(&text(out.language, "status-token-until", &[("time", until)]));
        }
        out.result(&line)?;
        if let Some(why) = why(row, out) {
            out.result(&format!("  {why}"))?;
        }
    }
    Ok(())
}

/// What stands in the way, where something does that the state alone does not tell.
fn why(row: &AccountRow, out: &Out) -> Option<String> {
    let is_news = matches!(row.state, AccountState::NeedsSignIn | AccountState::Unreachable);
    let reason = row.reason.as_deref().filter(|_| is_news)?;
    Some(texts::why(out.language, reason, row.cause.aadsts, row.cause.correlation_id.as_deref()))
}

/// An account that cannot be reached may have its own computer to blame.
fn status_id(row: &AccountRow) -> String {
    match row.reason.as_deref() {
        Some("session_lost") if row.state == AccountState::Unreachable => "status-account-session-lost".to_owned(),
        _ => format!("status-account-{}", state_name(row.state)),
    }
}

/// The state's word in the ids of messages.
pub(crate) fn state_name(state: AccountState) -> &'static str {
    match state {
        AccountState::SignedOut => "signed-out",
        AccountState::SigningIn => "signing-in",
        AccountState::Ready => "ready",
        AccountState::Unreachable => "unreachable",
        AccountState::NeedsSignIn => "needs-sign-in",
    }
}
