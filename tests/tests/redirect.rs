//! Whatever else reaches the listener while a person signs in changes nothing.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use anyhow::Result;
use signet_e2e::agent::SigningIn;
use signet_e2e::rig::ALICE;
use signet_e2e::rig::control::Endpoint;
use signet_e2e::{Agent, AgentOptions, Options, Redirect, Rig};

struct Waiting {
    rig: Rig,
    agent: Agent,
    sign_in: SigningIn,
    redirect: Redirect,
}

fn a_waiting_sign_in() -> Result<Waiting> {
    let rig = Rig::start(Options::without_mail())?;
    let agent = Agent::start(&rig, AgentOptions::default())?;
    agent.signet(&["accounts", "add", ALICE.login])?.line()?;
    let sign_in = agent.begin_sign_in(ALICE.login)?;
    let redirect = Redirect::of(sign_in.address())?;
    Ok(Waiting { rig, agent, sign_in, redirect })
}

impl Waiting {
    fn succeeds_all_the_same(mut self) -> Result<()> {
        assert!(self.rig.control().requests(Endpoint::Token)?.is_empty(), "nothing was redeemed for a stranger");
        let seen = self.agent.browser().visit(self.sign_in.address(), ALICE)?;
        assert_eq!(seen.title, "Congratulations! You are signed in", "{seen:?}");
        let said = self.sign_in.end()?;
        assert_eq!(said.code, 0, "{said:?}");
        assert_eq!(self.rig.control().requests(Endpoint::Token)?.len(), 1, "one code, redeemed once");
        Ok(())
    }
}

#[test]
fn requests_that_are_no_answer_are_refused_and_the_sign_in_goes_on() -> Result<()> {
    let waiting = a_waiting_sign_in()?;
    let redirect = &waiting.redirect;
    for path in ["/", "/?state=guessed&code=0.AAA", "/?error=access_denied&state=guessed", "/?code=0.AAA"] {
        assert_eq!(redirect.get(path)?.status, 400, "GET {path}");
    }
    for path in ["/done/", "/done/guessed", "/start/", "/start/guessed"] {
        assert_eq!(redirect.get(path)?.status, 400, "GET {path}: its name is not known");
    }
    for path in ["/favicon.ico", "/done", "/confirm", "/start", "/.well-known/x", "/../../etc/passwd"] {
        assert_eq!(redirect.get(path)?.status, 404, "GET {path}");
    }
    let forms: [&[(&str, &str)]; 5] = [
        &[],
        &[("code", "0.AAA")],
        &[("code", "0.AAA"), ("state", "guessed")],
        &[("code", "0.AAA"), ("state", "")],
        &[("error", "access_denied"), ("state", "guessed")],
    ];
    for form in forms {
        assert_eq!(redirect.post(form)?.status, 400, "{form:?}");
    }
    let half_known = &redirect.state[..redirect.state.len() - 1];
    assert_eq!(redirect.post(&[("error", "access_denied"), ("state", half_known)])?.status, 400);
    waiting.succeeds_all_the_same()
}

#[test]
fn a_page_under_another_name_cannot_answer_even_with_the_right_state() -> Result<()> {
    let waiting = a_waiting_sign_in()?;
    let redirect = &waiting.redirect;
    let port = redirect.port;
    for host in [&*format!("evil.example:{port}"), "localhost", &format!("localhost.evil.example:{port}"), ""] {
        for name in ["code", "error"] {
            let answer = redirect.post_to(host, &[(name, "access_denied"), ("state", &redirect.state)])?;
            assert_eq!((answer.status, answer.title()), (400, "There is nothing here"), "{host:?}");
        }
    }
    waiting.succeeds_all_the_same()
}

#[test]
fn scans_garbage_and_floods_do_not_keep_the_browser_out() -> Result<()> {
    let waiting = a_waiting_sign_in()?;
    let redirect = &waiting.redirect;
    for _scan in 0..50 {
        redirect.connect(Ipv4Addr::LOCALHOST)?;
    }
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"\r\n\r\n\0\0\0",
        b"EHLO scanner\r\n\r\n",
        &[0xff; 9_000],
    ] {
        // The listener may hang up in the middle of it.
        let _ = redirect.connect(Ipv4Addr::LOCALHOST)?.write_all(garbage);
    }
    let flood = "x".repeat(4 * 1024 * 1024);
    // It is refused before it is read to its end, so that the refusal may be lost in the reset that follows.
    if let Ok(answer) = redirect.post(&[("code", &flood), ("state", &redirect.state)]) {
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    waiting.succeeds_all_the_same()
}

#[test]
fn connections_held_open_do_not_keep_the_browser_out() -> Result<()> {
    let waiting = a_waiting_sign_in()?;
    let redirect = &waiting.redirect;
    let mut held = Vec::new();
    for address in [IpAddr::from(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()] {
        let Ok(first) = redirect.connect(address) else {
            assert!(address.is_ipv6(), "the listener is on 127.0.0.1 in any case");
            assert!(
                std::net::TcpListener::bind((address, 0)).is_err(),
                "where there is ::1, the listener is there too"
            );
            continue;
        };
        held.push(first);
        for number in 1..200 {
            let mut idle = redirect.connect(address)?;
            if number % 2 == 0 {
                idle.write_all(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Le")?;
            }
            held.push(idle);
        }
    }
    waiting.succeeds_all_the_same()
}
