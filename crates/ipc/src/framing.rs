//! Lines in, lines out.

use std::ops::Range;

use memchr::memchr;

use crate::secret::wipe;

/// Room for a common request or answer; a connection that needs more gives it back.
const ROOM: usize = 4 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What may stand around a line and does not count: the mark, and the CR of its end.
const MARKS: usize = BYTE_ORDER_MARK.len() + 1;

/// Cuts what comes in into lines.
#[derive(Debug)]
pub struct LineReader {
    buffer: Vec<u8>,
    /// What has come in and was not yet given out as a line.
    unread: Range<usize>,
    /// How much of `unread` is known to hold no line end.
    searched: usize,
    limit: usize,
}

/// A line is longer than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line is too long")]
pub struct TooLong;

impl LineReader {
    /// A reader of lines of at most `limit` bytes, their end not counted.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { buffer: Vec::new(), unread: 0..0, searched: 0, limit }
    }

    /// The next whole line, without its LF or CRLF and without a byte order mark. Empty lines are skipped.
    ///
    /// # Errors
    /// [`TooLong`], time and again, unless [`Self::allow`] makes it short enough.
    pub fn next_line(&mut self) -> Option<Result<&[u8], TooLong>> {
        let found = self.find_line()?;
        Some(found.map(|line| self.line(line)))
    }

    /// Takes lines of up to so many bytes from now on, the next among them.
    pub fn allow(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// How long a line may be.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Where [`Self::line`] finds the next whole line, for those who must read on until there is one.
    pub(crate) fn find_line(&mut self) -> Option<Result<Range<usize>, TooLong>> {
        loop {
            let unsearched = self.unread.start + self.searched..self.unread.end;
            let Some(length) = memchr(b'\n', &self.buffer[unsearched]).map(|at| self.searched + at) else {
                self.searched = self.unread.len();
                return (self.searched > self.limit + MARKS).then_some(Err(TooLong));
            };
            let start = self.unread.start;
            let line = self.trim(start..start + length);
            if line.len() > self.limit {
                return Some(Err(TooLong));
            }
            self.unread.start += length + 1;
            self.searched = 0;
            if !line.is_empty() {
                return Some(Ok(line));
            }
        }
    }

    /// A line by its place; good until the next [`Self::room`].
    pub(crate) fn line(&self, place: Range<usize>) -> &[u8] {
        &self.buffer[place]
    }

    /// What is left without a line end once the other side has finished sending.
    ///
    /// # Errors
    /// [`TooLong`]
    pub fn take_rest(&mut self) -> Option<Result<&[u8], TooLong>> {
        let rest = std::mem::take(&mut self.unread);
        self.searched = 0;
        let rest = self.trim(rest);
        if rest.len() > self.limit {
            return Some(Err(TooLong));
        }
        (!rest.is_empty()).then(|| Ok(self.line(rest)))
    }

    fn trim(&self, line: Range<usize>) -> Range<usize> {
        let bytes = &self.buffer[line.clone()];
        let end = line.end - usize::from(bytes.ends_with(b"\r"));
        let start = line.start + if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        start..end
    }

    /// Whether a line was begun and not finished.
    #[must_use]
    pub fn is_within_line(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Room to read into; never empty as long as [`Self::next_line`] was asked for all it has.
    pub fn room(&mut self) -> &mut [u8] {
        if self.unread.is_empty() {
            self.unread = 0..0;
            if self.buffer.len() > ROOM {
                wipe(&mut self.buffer);
                self.buffer.shrink_to(ROOM);
            }
        }
        if self.unread.start > 0 && self.unread.end == self.buffer.len() {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
        if self.unread.end == self.buffer.len() {
            self.grow();
        }
        &mut self.buffer[self.unread.end..]
    }

    /// Takes in what was read into [`Self::room`].
    pub fn filled(&mut self, bytes: usize) {
        self.unread.end = self.buffer.len().min(self.unread.end + bytes);
    }

    fn grow(&mut self) {
        let mut larger = vec![0; (self.buffer.len() * 2).clamp(ROOM, self.limit.max(ROOM) + ROOM)];
        larger[..self.buffer.len()].copy_from_slice(&self.buffer);
        wipe(&mut self.buffer);
        self.buffer = larger;
    }
}

impl Drop for LineReader {
    fn drop(&mut self) {
        wipe(&mut self.buffer);
    }
}

/// Lines on their way out.
#[derive(Debug, Default)]
pub struct Outbox {
    bytes: Vec<u8>,
    sent: usize,
}

impl Outbox {
    /// What is still to be sent.
    #[must_use]
    pub fn unsent(&self) -> &[u8] {
        &self.bytes[self.sent..]
    }

    /// Notes that the first of [`Self::unsent`] went out; when all did, the secrets among them are wiped.
    pub fn sent(&mut self, bytes: usize) {
        self.sent += bytes;
        if self.sent >= self.bytes.len() {
            self.sent = 0;
            wipe(&mut self.bytes);
            self.bytes.shrink_to(ROOM);
        }
    }

    /// Appends one line by `write`, if it is not longer than `limit`.
    ///
    /// # Errors
    /// [`TooLong`], and nothing was appended; also when `write` itself fails.
    pub fn push<E>(&mut self, limit: usize, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<(), TooLong> {
        self.reserve();
        let before = self.bytes.len();
        let written = write(&mut self.bytes);
        if written.is_err() || self.bytes.len() - before > limit + 1 {
            self.bytes[before..].fill(0);
            self.bytes.truncate(before);
            return Err(TooLong);
        }
        Ok(())
    }

    /// Makes room by hand: a `Vec` that grows by itself leaves a copy of its secrets behind.
    fn reserve(&mut self) {
        if self.bytes.capacity() - self.bytes.len() >= ROOM {
            return;
        }
        let mut larger = Vec::with_capacity(self.bytes.len() * 2 + 2 * ROOM);
        larger.extend_from_slice(&self.bytes);
        wipe(&mut self.bytes);
        self.bytes = larger;
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        wipe(&mut self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chunks: &[&[u8]], limit: usize, want: &[Result<&str, TooLong>]) {
        let mut reader = LineReader::new(limit);
        let mut lines = Vec::new();
        for chunk in chunks {
            let mut chunk = *chunk;
            while !chunk.is_empty() {
                let room = reader.room();
                let fits = room.len().min(chunk.len());
                assert!(fits > 0, "there is always room after all lines were taken");
                room[..fits].copy_from_slice(&chunk[..fits]);
                reader.filled(fits);
                chunk = &chunk[fits..];
                while let Some(line) = reader.next_line() {
                    lines.push(line.map(|line| String::from_utf8(line.to_vec()).unwrap()));
                    if lines.last() == Some(&Err(TooLong)) {
                        assert_eq!(lines.iter().map(|line| line.as_deref().map_err(|e| *e)).collect::<Vec<_>>(), want);
                        return;
                    }
                }
            }
        }
        assert_eq!(lines.iter().map(|line| line.as_deref().map_err(|e| *e)).collect::<Vec<_>>(), want);
    }

    fn line(bytes: &[u8]) -> impl FnOnce(&mut Vec<u8>) -> Result<(), ()> {
        move |out| {
            out.extend_from_slice(bytes);
            Ok(())
        }
    }

    #[test]
    fn lines_end_in_lf_or_crlf() {
        check(&[b"a\nb\r\nc"], 10, &[Ok("a"), Ok("b")]);
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        check(&[b"a", b"b", b"\r", b"\nc\n"], 10, &[Ok("ab"), Ok("c")]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        check(&[b"\xEF\xBB", b"\xBFa\n"], 10, &[Ok("a")]);
    }

    #[test]
    fn empty_lines_are_skipped() {
        check(&[b"\n\r\n\na\n\n"], 10, &[Ok("a")]);
    }

    #[test]
    fn a_line_of_the_limit_passes_and_one_byte_more_does_not() {
        check(&[b"12345\r\n"], 5, &[Ok("12345")]);
        check(&[b"123456\n"], 5, &[Err(TooLong)]);
        check(&[b"1\n1234567890"], 5, &[Ok("1"), Err(TooLong)]);
    }

    #[test]
    fn a_line_that_was_too_long_is_taken_once_it_may_be_so_long() {
        for rest in [&b"1234567890"[..], b"1234567890\n"] {
            let mut reader = LineReader::new(5);
            reader.room()[..rest.len()].copy_from_slice(rest);
            reader.filled(rest.len());
            assert_eq!(reader.next_line(), Some(Err(TooLong)), "{rest:?}");
            reader.allow(10);
            reader.room()[..2].copy_from_slice(b"\n1");
            reader.filled(2);
            assert_eq!(reader.next_line(), Some(Ok(&b"1234567890"[..])), "{rest:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_does_not_count_in_whatever_pieces_the_line_comes() {
        for pieces in [&[&b"\xEF\xBB\xBF12345\r\n"[..]][..], &[b"\xEF\xBB\xBF12345\r", b"\n"]] {
            check(pieces, 5, &[Ok("12345")]);
        }
    }

    #[test]
    fn a_rest_without_an_end_is_measured_like_a_line() {
        for (rest, want) in [(&b"12345\r"[..], Some(Ok(&b"12345"[..]))), (b"123456", Some(Err(TooLong))), (b"\r", None)]
        {
            let mut reader = LineReader::new(5);
            reader.room()[..rest.len()].copy_from_slice(rest);
            reader.filled(rest.len());
            assert_eq!(reader.next_line(), None);
            assert_eq!(reader.take_rest(), want, "{rest:?}");
        }
    }

    #[test]
    fn many_lines_longer_than_the_first_room_pass() {
        let line = [vec![b'x'; 3 * ROOM], b"\n".to_vec()].concat();
        let text = "x".repeat(3 * ROOM);
        check(&[&line, &line, &line], 4 * ROOM, &[Ok(&text), Ok(&text), Ok(&text)]);
    }

    #[test]
    fn what_was_sent_is_wiped() {
        let mut outbox = Outbox::default();
        outbox.push(100, line(b"secret\n")).unwrap();
        outbox.sent(3);
        assert_eq!(outbox.unsent(), b"ret\n");
        outbox.sent(4);
        assert_eq!(outbox.unsent(), b"");
    }

    #[test]
    fn a_line_too_long_to_send_leaves_the_others() {
        let mut outbox = Outbox::default();
        outbox.push(5, line(b"12345\n")).unwrap();
        outbox.push(5, line(b"123456\n")).unwrap_err();
        assert_eq!(outbox.unsent(), b"12345\n");
    }
}
