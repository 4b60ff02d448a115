use crate::framing::{LineReader, TooLong};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

type Lines = Vec<Result<Vec<u8>, TooLong>>;

/// Lines are the same in whatever pieces they come, and the same as the plainest way to cut text finds them.
///
/// The first three bytes choose the limit, the size of a piece, and how often the rest is repeated.
pub fn lines(bytes: &[u8]) {
    let Some((&[limit, piece, times], text)) = bytes.split_first_chunk() else { return };
    let (limit, piece) = (usize::from(limit) * 32, usize::from(piece) + 1);
    let text = text.repeat(1 + usize::from(times % 64));
    let want = cut_plainly(&text, limit);
    assert_eq!(read(&text, limit, text.len()), want, "in one piece");
    assert_eq!(read(&text, limit, piece), want, "in pieces of {piece}");
}

fn cut_plainly(text: &[u8], limit: usize) -> Lines {
    let mut lines = Lines::new();
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        if line.len() > limit {
            lines.push(Err(TooLong));
            break;
        }
        if !line.is_empty() {
            lines.push(Ok(line.to_vec()));
        }
    }
    lines
}

fn read(text: &[u8], limit: usize, piece: usize) -> Lines {
    let mut reader = LineReader::new(limit);
    let mut lines = Lines::new();
    for mut piece in text.chunks(piece.max(1)) {
        while !piece.is_empty() {
            let room = reader.room();
            let fits = room.len().min(piece.len());
            assert!(fits > 0, "there is room once all lines were taken");
            room[..fits].copy_from_slice(&piece[..fits]);
            reader.filled(fits);
            piece = &piece[fits..];
            while let Some(line) = reader.next_line() {
                lines.push(line.map(<[u8]>::to_vec));
                if lines.last() == Some(&Err(TooLong)) {
                    return lines;
                }
            }
        }
    }
    lines.extend(reader.take_rest().map(|rest| rest.map(<[u8]>::to_vec)));
    lines
}
