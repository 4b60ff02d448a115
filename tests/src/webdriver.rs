//! Signet's real window, driven as WebDriver has it (<https://www.w3.org/TR/webdriver2/>) by WebKit's own driver.
//!
//! Nothing waits by the clock: the driver looks for an element until it is there.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use ureq::Agent as Http;

use crate::kept::Kept;
use crate::rig::ports::PortBlock;

/// A busy machine is slow; an element that is not there by then will not be.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);
/// The key under which an element is named (WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Gives an answer once what the page has come to is on the screen too.
const DRAWN: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";

/// A window that a test sees and touches. Dropping it ends it as a crash would.
#[derive(Debug)]
pub struct Driven {
    http: Http,
    session: String,
    driver: Kept,
    _port: PortBlock,
}

impl Driven {
    /// `driver` is WebKitWebDriver in the person's surroundings; it starts the program there and drives its window.
    pub(crate) fn start(mut driver: std::process::Command, program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut block = PortBlock::take()?;
        let port = block.next()?;
        driver.args(["--host=127.0.0.1", &format!("--port={port}")]);
        let mut driver = Kept::start(&mut driver)?;
        await_driver(port, &mut driver)?;
        let http: Http = Http::config_builder().proxy(None).http_status_as_error(false).build().into();
        let options = json!({ "binary": program, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": options,
            "timeouts": { "implicit": PATIENCE.as_millis(), "script": PATIENCE.as_millis() },
        } } });
        let driver_itself = format!("http://127.0.0.1:{port}/session");
        let answer = value(http.post(&driver_itself).send_json(wanted)?)?;
        let id = answer["sessionId"].as_str().context("a session has an id")?;
        Ok(Self { http, session: format!("{driver_itself}/{id}"), driver, _port: block })
    }

    /// Waits until something on the page matches this XPath.
    pub fn find(&self, xpath: &str) -> Result<Element<'_>> {
        let mut found = self.post("element", &json!({ "using": "xpath", "value": xpath })).with_context(|| {
            let page = self.text().unwrap_or_else(|error| error.to_string());
            format!("there is no {xpath} on the page:\n{page}")
        })?;
        let Value::String(id) = found[ELEMENT].take() else { bail!("no element: {found}") };
        Ok(Element { window: self, id })
    }

    /// Waits until nothing on the page matches.
    pub fn await_none(&self, xpath: &str) -> Result<()> {
        self.find(&format!("//body[not({xpath})]")).map(|_| ())
    }

    /// Ends the web engine's process that holds the page, as a crash would.
    pub fn kill_page(&self) -> Result<()> {
        let name = |pid: &Pid| fs::read_to_string(format!("/proc/{}/comm", pid.as_raw_nonzero())).unwrap_or_default();
        // A name is cut to 15 letters there.
        let page = self.driver.all_pids().into_iter().find(|pid| name(pid).trim_end() == "WebKitWebProces");
        Ok(kill_process(page.context("the page has a process")?, Signal::KILL)?)
    }

    /// All that can be read on the page.
    pub fn text(&self) -> Result<String> {
        let text = self.post("execute/sync", &json!({ "script": "return document.body.innerText", "args": [] }))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Takes a picture (PNG) of the page, once it is drawn.
    pub fn picture(&self, file: &Path) -> Result<()> {
        self.post("execute/async", &json!({ "script": DRAWN, "args": [] }))?;
        let picture = self.get("screenshot")?;
        Ok(fs::write(file, STANDARD.decode(picture.as_str().context("a picture")?)?)?)
    }

    /// Makes the window so many pixels wide and high.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.post("window/rect", &json!({ "width": width, "height": height })).map(|_| ())
    }

    fn get(&self, what: &str) -> Result<Value> {
        value(self.http.get(&format!("{}/{what}", self.session)).call()?)
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        value(self.http.post(&format!("{}/{what}", self.session)).send_json(body)?)
    }
}

/// Something on the page.
#[derive(Debug)]
pub struct Element<'w> {
    window: &'w Driven,
    id: String,
}

impl Element<'_> {
    pub fn click(&self) -> Result<()> {
        self.post("click", &json!({})).map(|_| ())
    }

    /// Types this in place of what is there. The driver answers before the last keys have come to a busy page, and a click
    /// elsewhere would have the rest of them go there.
    pub fn fill_in(&self, text: &str) -> Result<()> {
        self.post("clear", &json!({}))?;
        self.post("value", &json!({ "text": text }))?;
        let start = Instant::now();
        loop {
            let typed = self.typed()?;
            if typed == text {
                return Ok(());
            }
            ensure!(start.elapsed() < PATIENCE, "{typed:?} came of typing {text:?}");
            sleep(POLL);
        }
    }

    /// What can be read of it.
    pub fn text(&self) -> Result<String> {
        let text = self.window.get(&format!("element/{}/text", self.id))?;
        Ok(text.as_str().context("an element's text")?.to_owned())
    }

    /// What was typed into it.
    pub fn typed(&self) -> Result<String> {
        let text = self.window.get(&format!("element/{}/property/value", self.id))?;
        Ok(text.as_str().context("a field's text")?.to_owned())
    }

    /// Whether its box is ticked.
    pub fn is_ticked(&self) -> Result<bool> {
        self.window.get(&format!("element/{}/property/checked", self.id))?.as_bool().context("a box")
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value> {
        self.window.post(&format!("element/{}/{what}", self.id), body)
    }
}

fn await_driver(port: u16, driver: &mut Kept) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        ensure!(!driver.has_ended()? && start.elapsed() < PATIENCE, "the driver does not listen");
        sleep(POLL);
    }
    Ok(())
}

fn value(mut answer: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let status = answer.status();
    let mut body: Value = answer.body_mut().read_json()?;
    ensure!(status.is_success(), "the driver refuses: {} {}", body["value"]["error"], body["value"]["message"]);
    Ok(body["value"].take())
}
