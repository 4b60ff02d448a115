use std::time::Duration;

use crate::event::{Answer, AskerId, Effect, StoreTrouble, Ticket};
use crate::moment::Moment;
use crate::schedule::TURN_SPACING;

/// What every transition may use: the time, numbers, and a place to put effects.
pub(crate) struct Desk {
    pub(crate) now: Moment,
    pub(crate) store_trouble: Option<StoreTrouble>,
    pub(crate) outlook: Outlook,
    effects: Vec<Effect>,
    publish: bool,
    next_ticket: u64,
    next_turn: Duration,
    last_turn: Option<Duration>,
    random: u64,
}

/// Whether there will be time for what is begun now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    Open,
    Ending,
}

impl Desk {
    pub(crate) fn new(seed: u64) -> Self {
        let now = Moment { boot: Duration::ZERO, wall: Duration::ZERO };
        Self {
            now,
            store_trouble: None,
            outlook: Outlook::Open,
            effects: Vec::new(),
            publish: false,
            next_ticket: 0,
            next_turn: Duration::ZERO,
            last_turn: None,
            random: seed,
        }
    }

    pub(crate) fn put(&mut self, effect: Effect) {
        if let Effect::Publish = effect {
            self.publish = true;
        } else {
            self.effects.push(effect);
        }
    }

    pub(crate) fn answer(&mut self, asker: AskerId, answer: Answer) {
        self.put(Effect::Answer(asker, answer));
    }

    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        // One event, one snapshot, however many accounts it changed.
        let publish = std::mem::take(&mut self.publish).then_some(Effect::Publish);
        self.effects.extend(publish);
        std::mem::take(&mut self.effects)
    }

    pub(crate) fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Lets something set out that nobody waits for, if this turn has come, or says when its turn is. Turns that a
    /// suspend has made late do not come all at once.
    pub(crate) fn take_turn(&mut self, turn: Option<Duration>) -> Result<(), Duration> {
        let turn = turn.unwrap_or_else(|| {
            let next = self.next_turn.max(self.now.boot);
            self.next_turn = next + TURN_SPACING;
            next
        });
        let free = self.last_turn.map_or(Duration::ZERO, |last| last + TURN_SPACING);
        let at = turn.max(free);
        if at > self.now.boot {
            return Err(at);
        }
        self.last_turn = Some(self.now.boot);
        Ok(())
    }

    pub(crate) fn jitter(&mut self) -> u8 {
        self.number().to_be_bytes()[0]
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): spreads work in time and tells sign-ins apart; nothing secret.
    pub(crate) fn number(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
