//! Every number that bounds the endpoint, with its reason.

use std::time::Duration;

/// Longest line a client may send, in bytes without the line end. The longest honest request of a program is
/// `token.reject` with an access token of some 4 KiB; a claims challenge stays below 8 KiB.
pub const INBOUND_LINE: usize = 64 * 1024;

/// The same for a program of this installation: a thousand mailbox points, imported at once, take some 400 KiB.
pub const LONG_INBOUND_LINE: usize = 1024 * 1024;

/// Longest line the server sends, in bytes. A snapshot of 1,000 accounts takes about 300 KiB.
pub const OUTBOUND_LINE: usize = 1024 * 1024;

/// Most rows of a list in one answer. With names of [`NAME`] bytes these fill half a line at most.
pub const PAGE: u32 = 500;

/// Longest name and login of an account, in bytes: the longest mail address (RFC 5321, section 4.5.3.1).
pub const NAME: usize = 320;

/// Most that is handed to the system at a time, in bytes. A pipe takes a write of any length and keeps what is not read;
/// only the one after it has to wait, and shows that nobody reads.
pub(crate) const OUTBOUND_PART: usize = 64 * 1024;

/// How long a client may take to finish a line it has begun: programs write a line in one go, so
/// whoever needs longer is stuck or holds the connection on purpose.
pub const LINE_TIME: Duration = Duration::from_secs(5);

/// How long an answer may lie unread before its connection is closed.
pub const UNREAD_TIME: Duration = Duration::from_secs(5);

/// Connections at a time. Each holds a socket and, on Linux, a process descriptor; the test of
/// 1,000 programs asking at once fits four times.
pub const CONNECTIONS: usize = 4096;

/// Connections of one process at a time: half of all, so that no single process shuts out the rest.
pub const CONNECTIONS_PER_PROCESS: usize = CONNECTIONS / 2;

/// File descriptors the agent needs beside those of its connections: databases, the sign-in listeners,
/// flights to the authority.
#[cfg_attr(windows, expect(dead_code, reason = "Windows has no such limit"))]
pub(crate) const OTHER_DESCRIPTORS: usize = 512;

/// Lines of one connection that are taken before the others have their turn.
pub(crate) const LINES_A_TURN: usize = 32;

/// Requests of one connection that may wait for their answers at a time.
pub const IN_FLIGHT: usize = 64;

/// Length of the queue of connections not yet accepted: 1,000 programs may connect in the same
/// instant, and a full queue makes `connect` fail on Unix. The kernel caps it (`somaxconn`, 4,096).
pub const BACKLOG: i32 = 4096;

/// How long a client on Windows tries to get at one of the pipe's instances; the agent makes the next within a millisecond.
#[cfg_attr(unix, expect(dead_code, reason = "elsewhere the kernel queues the connections"))]
pub(crate) const CONNECT_TIME: Duration = Duration::from_secs(10);

/// Least time between two snapshots to one subscriber: ten a second look immediate to a person.
pub const SNAPSHOT_PAUSE: Duration = Duration::from_millis(100);

/// `wait_seconds` where a request gives none: mail programs give up on their helpers after 10 to 30 s.
pub const WAIT_SECONDS_DEFAULT: u32 = 10;

/// Most `wait_seconds` that are granted.
pub const WAIT_SECONDS_MAX: u32 = 120;

/// How long the client waits for an answer: the longest wait granted, and as much again as an answer
/// could need on a machine that is out of breath. Only a hung agent takes longer.
pub const ANSWER_TIME: Duration = Duration::from_secs(WAIT_SECONDS_MAX as u64 + 30);

/// How long the accept loop rests when the system is out of descriptors or memory.
pub(crate) const ACCEPT_REST: Duration = Duration::from_millis(100);

/// How often a connection that only stopped sending is asked whether it is still there.
pub(crate) const HALF_CLOSED_CHECK: Duration = Duration::from_millis(500);
