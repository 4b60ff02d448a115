use clap::ArgMatches;
use ipc::{MailProtocol, TokenGet};
use secrecy::ExposeSecret;

use crate::exit::Failed;
use crate::out::Out;
use crate::{ask, given};

pub(crate) fn token(args: &ArgMatches, out: &mut Out) -> Result<(), Failed> {
    let protocol = match given(args, "for") {
        "imap" => Some(MailProtocol::Imap),
        "pop" => Some(MailProtocol::Pop),
        "smtp" => Some(MailProtocol::Smtp),
        _ => None,
    };
    let mechanism = args.get_one::<String>("sasl").map(|mechanism| mechanism.to_uppercase());
    let wants_sasl = mechanism.is_some();
    let token = ask(&TokenGet {
        account: given(args, "name").to_owned(),
        protocol,
        min_valid_seconds: args.get_one("min-valid").copied(),
        mechanism,
        lang: Some(out.language.code().to_owned()),
        ..TokenGet::default()
    })?;
    if out.json {
        return out.json(&serde_json::to_value(&token).map_err(|error| Failed::Other(error.to_string()))?);
    }
    match token.sasl {
        Some(sasl) if wants_sasl => out.result(sasl.initial_response.expose_secret()),
        _ => out.result(token.access_token.expose_secret()),
    }
}
