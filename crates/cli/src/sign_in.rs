use clap::ArgMatches;
use ipc::{Client, SignInCancel, SignInStart, SignInState, SignOut};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::exit::{self, Failed};
use crate::interrupt::on_interrupt;
use crate::out::Out;
use crate::{ask, connect, given};

pub(crate) fn sign_in(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let lang = Some(out.language.code().to_owned());
    let mut agent = connect()?;
    let started = agent.call(&SignInStart {
        account: given(args, "name").to_owned(),
        lang: lang.clone(),
        ..Default::default()
    })?;
    let sign_in = started.sign_in.clone();
    // Without an agent there is nothing to cancel, and the command ends by itself.
    on_interrupt(move || drop(ask(&SignInCancel { sign_in: sign_in.clone(), lang: None })));
    let Some(address) = started.authorize_url else {
        return Err(Failed::Other("the agent gave no address: this signet is not of its installation".into()));
    };
    let open = started.open_url.as_ref().filter(|_| !args.get_flag("no-browser"));
    show(&address, open, out)?;
    out.say("cli-waiting-for-person", &[]);
    wait(&mut agent, &started.sign_in, lang.as_deref(), out)
}

/// Opens the page, or prints its address where no browser is wanted.
fn show(address: &SecretString, open: Option<&SecretString>, out: &mut Out) -> Result<(), Failed> {
    let address = address.expose_secret();
    if out.json {
        let opened = open.is_some_and(|open| desktop::open_page(open.expose_secret()));
        return event(out, &json!({ "state": "waiting", "authorize_url": address, "browser_opened": opened }));
    }
    let Some(open) = open else { return out.result(address) };
    out.say("cli-opening-browser", &[]);
    if !desktop::open_page(open.expose_secret()) {
        out.say("cli-browser-failed", &[]);
    }
    out.say("cli-open-this-page", &[("url", address)]);
    Ok(())
}

fn wait(agent: &mut Client, sign_in: &str, lang: Option<&str>, out: &mut Out) -> Result<(), Failed> {
    // The page offers another account; the person is not done yet.
    let ended = agent.await_sign_in(sign_in, lang, |signed_in_as| {
        if out.json {
            event(out, &json!({ "state": "wrong_person", "signed_in_as": signed_in_as }))?;
        }
        out.say("cli-wrong-person-waiting", &[("signed_in_as", signed_in_as)]);
        Ok::<_, Failed>(())
    })?;
    match ended {
        SignInState::SignedIn { .. } if out.json => event(out, &json!(ended)),
        SignInState::SignedIn { login, .. } => {
            out.say("cli-signed-in", &[("login", &login)]);
            Ok(())
        }
        SignInState::Waiting {}
        | SignInState::Cancelled {}
        | SignInState::Declined {}
        | SignInState::WrongPerson { .. }
        | SignInState::Failed { .. }
        | SignInState::Expired {} => Err(end(ended)),
    }
}

/// One line each, as they come.
fn event(out: &mut Out, event: &Value) -> Result<(), Failed> {
    out.result(&event.to_string())
}

fn end(state: SignInState) -> Failed {
    let ended = |id, code| Failed::Said { id, args: Vec::new(), code };
    match state {
        SignInState::Failed { error } => Failed::Fault(Box::new(error)),
        SignInState::Declined {} => ended("cli-declined", exit::DENIED),
        SignInState::Expired {} => ended("cli-expired", exit::SIGN_IN_REQUIRED),
        SignInState::WrongPerson { signed_in_as, .. } => Failed::Said {
            id: "cli-wrong-person-ended",
            args: vec![("signed_in_as", signed_in_as)],
            code: exit::SIGN_IN_REQUIRED,
        },
        SignInState::Cancelled {} | SignInState::Waiting {} | SignInState::SignedIn { .. } => {
            ended("cli-cancelled", exit::FAILED)
        }
    }
}

pub(crate) fn sign_out(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let name = given(args, "name");
    let erased = ask(&SignOut { account: name.to_owned(), lang: Some(out.language.code().to_owned()) })?;
    let gone = json!({ "account": name, "revoke_at": erased.revoke_at });
    out.done(&gone, "cli-signed-out", &[("account", name)])?;
    out.revoke_hint(&erased);
    Ok(())
}
