//! Which of the sign-ins that programs wish for the person is told of: those of a moment together, and nobody's again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use ipc::Wish;

/// Whoever presses a button of their DMS is told at once. What comes within this time after it, of a script perhaps, gathers
/// and is told together.
const GATHERS: Duration = Duration::from_secs(2);
/// How long a program is not heard that was turned down, and over how long its wishes are counted.
const PATIENCE: Duration = Duration::from_hours(1);
/// Wishes for one account that a program is heard with in that time. One that gave up and asks once more has its reason; one
/// that does so in a loop has none.
const HEARD: usize = 3;

/// What is remembered of programs' wishes.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    askers: BTreeMap<Asker, Heard>,
    gathering: Option<Gathering>,
}

/// The time after the person was told.
#[derive(Debug)]
struct Gathering {
    end: Instant,
    /// Whether somebody is to look at its end.
    is_awaited: bool,
}

/// A program, and the account that it wishes for.
type Asker = (String, String);

#[derive(Debug)]
struct Heard {
    since: Instant,
    answer: Answer,
}

#[derive(Debug)]
enum Answer {
    /// The person is told of these sign-ins, or was.
    Told(BTreeSet<String>),
    NotNow,
}

impl Wishes {
    /// Takes note of what is wished for now. Where the first wish gathers: how long until it is to be called again.
    pub(super) fn hear(&mut self, wishes: &[Wish], now: Instant) -> Option<Duration> {
        self.askers.retain(|_, heard| {
            now.duration_since(heard.since) < PATIENCE || wishes.iter().any(|wish| heard.has_told(wish))
        });
        let fresh: Vec<&Wish> = wishes.iter().filter(|wish| self.is_fresh(wish)).collect();
        self.gathering.take_if(|gathering| now >= gathering.end);
        match &mut self.gathering {
            _ if fresh.is_empty() => None,
            Some(gathering) if gathering.is_awaited => None,
            Some(gathering) => {
                gathering.is_awaited = true;
                Some(gathering.end - now)
            }
            None => {
                self.gathering = Some(Gathering { end: now + GATHERS, is_awaited: false });
                fresh.into_iter().for_each(|wish| self.tell(wish, now));
                None
            }
        }
    }

    /// Those that the person is told of.
    pub(super) fn told<'w>(&self, wishes: &'w [Wish]) -> Vec<&'w Wish> {
        let is_told = |wish: &&Wish| self.askers.get(&asker(wish)).is_some_and(|heard| heard.has_told(wish));
        wishes.iter().filter(is_told).collect()
    }

    /// The person does not want to hear of it now.
    pub(super) fn refuse(&mut self, wish: &Wish, now: Instant) {
        self.askers.insert(asker(wish), Heard { since: now, answer: Answer::NotNow });
    }

    fn is_fresh(&self, wish: &Wish) -> bool {
        match self.askers.get(&asker(wish)).map(|heard| &heard.answer) {
            None => true,
            Some(Answer::NotNow) => false,
            Some(Answer::Told(sign_ins)) => sign_ins.len() < HEARD && !sign_ins.contains(&wish.sign_in),
        }
    }

    fn tell(&mut self, wish: &Wish, now: Instant) {
        let new = || Heard { since: now, answer: Answer::Told(BTreeSet::new()) };
        if let Answer::Told(sign_ins) = &mut self.askers.entry(asker(wish)).or_insert_with(new).answer {
            sign_ins.insert(wish.sign_in.clone());
        }
    }
}

impl Heard {
    fn has_told(&self, wish: &Wish) -> bool {
        matches!(&self.answer, Answer::Told(sign_ins) if sign_ins.contains(&wish.sign_in))
    }
}

fn asker(wish: &Wish) -> Asker {
    (wish.program.clone(), wish.account.clone())
}

#[cfg(test)]
mod tests;
