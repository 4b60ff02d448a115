//! Where a server offers OAUTHBEARER alone, the check logs in by that.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use rustls::ServerConfig;
use serde_json::json;
use signet_e2e::Options;
use signet_e2e::mail::{Manners, Protocol};
use signet_e2e::office::Office;
use signet_e2e::rig::BIURO;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy, split};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::names;
use crate::way::{config, of_the_rig};

/// The server behind it, encrypted, with one word of what it can do left out.
fn without_xoauth2(tls: Arc<ServerConfig>, behind: u16) -> Result<u16> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    thread::spawn(move || runtime.block_on(serve(listener, tls, behind)));
    Ok(port)
}

async fn serve(listener: std::net::TcpListener, tls: Arc<ServerConfig>, behind: u16) -> Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (client, _) = listener.accept().await?;
        // The client says goodbye as it likes.
        let _ = between(client, &tls, behind).await;
    }
}

async fn between(client: TcpStream, tls: &Arc<ServerConfig>, behind: u16) -> Result<()> {
    let client = TlsAcceptor::from(Arc::clone(tls)).accept(client).await?;
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, behind)).await?;
    let ((mut from_client, mut to_client), (from_server, mut to_server)) = (split(client), split(server));
    let saying = async {
        let mut lines = BufReader::new(from_server).lines();
        while let Some(line) = lines.next_line().await? {
            let line = line.replace(" AUTH=XOAUTH2", "").replace(" XOAUTH2", "");
            to_client.write_all(format!("{line}\r\n").as_bytes()).await?;
        }
        Ok(())
    };
    tokio::select! {
        said = saying => said,
        heard = copy(&mut from_client, &mut to_server) => heard.map(drop).map_err(Into::into),
    }
}

#[test]
fn a_server_that_offers_oauthbearer_alone_is_tried_by_that() -> Result<()> {
    let mut office = Office::open(Options::default())?;
    let tls = config(of_the_rig(&office.rig, "server")?)?;
    let ports = *office.rig.ports();
    for (protocol, name, behind) in [
        (Protocol::Imap, "imap", ports.imap),
        (Protocol::Pop3, "pop", ports.pop3),
        (Protocol::Smtp, "smtp", ports.smtp_behind),
    ] {
        let (id, ending) = if name == "smtp" { ("mail_server", "recipient") } else { ("point", "mailbox") };
        let here = json!({ "port": without_xoauth2(Arc::clone(&tls), behind)?, "encryption": "tls" });
        let door = office.door(protocol, Manners::Plain);
        office.set_for(&door, id, name, here.clone())?;
        let (code, steps) = office.check(&[id])?;
        assert_eq!((code, names(&steps).last()), (0, Some(&ending)), "{name}: {steps:#?}");
        let offered = steps.iter().find(|step| step["step"] == "capabilities").map(|step| step["line"].to_string());
        assert!(offered.is_some_and(|it| it.contains("OAUTHBEARER") && !it.contains("XOAUTH2")), "{name}: {steps:#?}");
        if name == "smtp" {
            continue;
        }
        let mut of_another = here;
        of_another["mailbox"] = BIURO.login.into();
        office.set_for(&door, id, name, of_another)?;
        let (code, steps) = office.check(&[id])?;
        let last = steps.last().cloned().unwrap_or_default();
        assert_eq!((code, &last["step"]), (4, &"authentication".into()), "{name}: {last}");
        assert!(last["line"].as_str().is_some_and(|line| line.contains("\"status\"")), "the challenge is told: {last}");
    }
    Ok(())
}
