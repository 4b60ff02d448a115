//! The tray app and its window: from the start to the icon, what they take of the memory, and the way to the window.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread::{park_timeout, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::Pid;
use serde_json::{Value, json};
use signet_e2e::agent::{KeyPlace, Seat, Tray};
use signet_e2e::desktop::{Screen, TrayHost, Window};
use signet_e2e::processes::wake_ups;
use signet_e2e::{Agent, AgentOptions, Desktop};

use crate::life::{memory, shown};
use crate::samples::{Samples, nanos};
use crate::stage::{ACCOUNTS, Stage, sign_in_all};
use crate::table::Row;

const STARTS: usize = 20;
const OPENINGS: usize = 5;
/// The class of the window on the display.
const WINDOW: &str = "signet-window";
const PATIENCE: Duration = Duration::from_secs(60);
/// A page that stays as it is for so long is all there.
const STILL: Duration = Duration::from_secs(1);
/// Far below what is measured, and it leaves the processor to others.
const PAUSE: Duration = Duration::from_micros(200);
const MEMORY: (&str, u64, u64) = ("<= 65 MB, PSS <= 50 MB", 65_000, 50_000);

/// A person's desktop, with a place for icons, and an agent's home in which nothing runs.
struct Desk {
    // Ended in this order.
    agent: Agent,
    host: TrayHost,
    screen: Screen,
    _desktop: Desktop,
}

impl Desk {
    fn set_up(stage: &Stage) -> Result<Self> {
        let desktop = Desktop::start()?;
        let options = AgentOptions { key: KeyPlace::File, ..desktop.agent_options() };
        let mut agent = Agent::start(&stage.rig, options)?;
        sign_in_all(&stage.rig, &agent)?;
        agent.stop()?;
        let host = desktop.tray_host()?;
        let mut screen = desktop.screen(1280, 800)?;
        screen.manage_windows()?;
        Ok(Self { agent, host, screen, _desktop: desktop })
    }

    fn start_tray(&self) -> Result<Tray> {
        self.agent.start_tray(&Seat::at(self.screen.name()))
    }
}

pub(crate) fn desk(stage: &mut Stage) -> Result<(Vec<Row>, Value)> {
    let desk = Desk::set_up(stage)?;
    let (listening, icon) = starts(&desk)?;
    let tray = desk.start_tray()?;
    desk.host.item()?;
    let own = tray.pid().context("the tray runs")?;

    // Whoever has just started has not come to rest.
    sleep(Duration::from_secs(5));
    let never = Held::by(&tray)?;
    let (ticks, woken) = (processor_ticks(own)?, wake_ups(own)?);
    sleep(Duration::from_secs(60));
    let spent = (processor_ticks(own)? - ticks) * 10;
    let woken = wake_ups(own)? - woken;

    let mut opened = Vec::new();
    let mut open = never;
    for _ in 0..OPENINGS {
        opened.push(nanos(until_usable(&desk)?));
        open = Held::by(&tray)?;
        close(&desk)?;
    }
    let closed = Held::by(&tray)?;
    let opened = Samples::of([opened]);

    let is_met = |samples: &Samples, millis| samples.p50() <= Duration::from_millis(millis);
    let rows = vec![
        Row::of("tray: start to endpoint", &listening).target("<= 150 ms", is_met(&listening, 150)),
        Row::of("tray: start to icon", &icon).target("<= 150 ms", is_met(&icon, 150)),
        never.row("tray, window never opened").target(MEMORY.0, never.is_little()),
        Row::figure("  processor in a minute", format!("{spent} ms")).target("0 %", spent < 60),
        Row::figure("  wake-ups a minute", woken.to_string()),
        Row::of("click to usable window", &opened),
        open.row("tray and open window"),
        closed.row("tray, window closed again").target(MEMORY.0, closed.is_little()),
    ];
    let told = json!({
        "accounts": ACCOUNTS, "endpoint": listening.json(), "icon": icon.json(), "window": opened.json(),
        "never_opened": never.json(), "open": open.json(), "closed": closed.json(),
        "processor_ms_per_minute": spent, "wake_ups_per_minute": woken,
    });
    Ok((rows, told))
}

/// From many starts to the endpoint, and to the icon.
fn starts(desk: &Desk) -> Result<(Samples, Samples)> {
    let (mut listening, mut icon) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let start = Instant::now();
        let tray = desk.start_tray()?;
        while UnixStream::connect(desk.agent.socket()).is_err() {
            ensure!(start.elapsed() < PATIENCE, "no endpoint");
            park_timeout(PAUSE);
        }
        listening.push(nanos(start.elapsed()));
        desk.host.item()?;
        icon.push(nanos(start.elapsed()));
        tray.stop()?;
        desk.host.none()?;
    }
    Ok((Samples::of([listening]), Samples::of([icon])))
}

/// From the click to the moment from which the window stays as it is.
fn until_usable(desk: &Desk) -> Result<Duration> {
    let item = desk.host.item()?;
    let start = Instant::now();
    item.click(&["Open Signet"])?;
    let window = desk.screen.await_window(WINDOW)?;
    let (mut seen, mut since) = (look(desk, window)?, start.elapsed());
    while start.elapsed() < since + STILL {
        ensure!(start.elapsed() < PATIENCE, "the window does not come to rest");
        let begun = start.elapsed();
        let now = look(desk, window)?;
        if now != seen {
            (seen, since) = (now, begun);
        }
    }
    Ok(since)
}

fn look(desk: &Desk, window: Window) -> Result<Vec<u8>> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("window.png");
    desk.screen.picture(window, &file)?;
    Ok(fs::read(file)?)
}

/// As its person does it.
fn close(desk: &Desk) -> Result<()> {
    desk.screen.close(desk.screen.await_window(WINDOW)?)?;
    desk.screen.await_no_window(WINDOW)?;
    // The web engine's processes end after their window.
    sleep(Duration::from_secs(2));
    Ok(())
}

/// The memory of the tray and of all that came of it, in units of 1,024 bytes.
#[derive(Clone, Copy)]
struct Held {
    resident: u64,
    proportional: u64,
    processes: usize,
}

impl Held {
    fn by(tray: &Tray) -> Result<Self> {
        let mut held = Self { resident: 0, proportional: 0, processes: 0 };
        for pid in tray.pids() {
            let memory = memory(pid)?;
            // One that has just ended has none.
            let Some(resident) = memory.resident else { continue };
            held.resident += resident;
            held.proportional += memory.proportional.context("only root may see it")?;
            held.processes += 1;
        }
        Ok(held)
    }

    fn is_little(self) -> bool {
        self.processes == 1 && self.resident <= MEMORY.1 && self.proportional <= MEMORY.2
    }

    fn row(self, name: &str) -> Row {
        let [resident, proportional] = [self.resident, self.proportional].map(|kilobytes| shown(Some(kilobytes)));
        let mut row = Row::figure(name, resident);
        row.figures[1] = format!("PSS {proportional}");
        row.figures[4] = match self.processes {
            1 => "1 process".to_owned(),
            many => format!("{many} proc."),
        };
        row
    }

    fn json(self) -> Value {
        json!({ "resident_kb": self.resident, "pss_kb": self.proportional, "processes": self.processes })
    }
}

/// What a process has taken of the processors so far, in hundredths of a second (`utime` and `stime`, proc_pid_stat(5)).
fn processor_ticks(pid: Pid) -> Result<u64> {
    let stat = fs::read_to_string(Path::new("/proc").join(pid.as_raw_nonzero().to_string()).join("stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("proc_pid_stat(5)")?;
    fields.split(' ').skip(11).take(2).map(|ticks| Ok(ticks.parse::<u64>()?)).sum()
}
