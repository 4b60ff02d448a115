//! A list with a heading, as spreadsheets write it: RFC 4180 with any of the separators in use, one row a line.

/// A row that is no heading and not empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) heading: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// The lines that quotes make no sense in.
    pub(super) torn: Vec<usize>,
}

const BYTE_ORDER_MARK: char = '\u{feff}';
const SEPARATORS: [char; 3] = [';', '\t', ','];

/// None where there is no heading.
pub(super) fn read(text: &str) -> Option<Table> {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, heading) = lines.next()?;
    let separator = SEPARATORS.into_iter().find(|separator| heading.contains(*separator)).unwrap_or(';');
    let heading = cells(heading, separator)?.iter().map(|name| name.to_lowercase().replace(['-', ' '], "_")).collect();
    let mut table = Table { heading, rows: Vec::new(), torn: Vec::new() };
    for (line, text) in lines {
        match cells(text, separator) {
            // A spreadsheet writes empty rows as separators alone.
            Some(cells) if cells.iter().all(String::is_empty) => {}
            Some(cells) => table.rows.push(Row { line, cells }),
            None => table.torn.push(line),
        }
    }
    Some(table)
}

/// None if a quote is not closed, or something stands beside a quoted cell.
fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.trim_start_matches(' ').strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                (rest[..end].trim().to_owned(), &rest[end..])
            }
        };
        cells.push(cell);
        let after = after.trim_matches(' ');
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None if after.is_empty() => return Some(cells),
            None => return None,
        }
    }
}

/// The cell, its doubled quotes made single, and what follows its closing one.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(further) => {
                cell.push('"');
                rest = further;
            }
            None => return Some((cell, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: Option<&[&str]>) {
        let want: Option<Vec<String>> = want.map(|cells| cells.iter().map(|&cell| cell.to_owned()).collect());
        assert_eq!(cells(line, ';'), want, "{line}");
    }

    #[test]
    fn cells_are_cut_as_spreadsheets_write_them() {
        check("a;b", Some(&["a", "b"]));
        check(" a ; ;b;", Some(&["a", "", "b", ""]));
        check("\"a;b\"; \"c \"\"d\"\"\" ;e", Some(&["a;b", "c \"d\"", "e"]));
        check("", Some(&[""]));
        check("\"a", None);
        check("\"a\"b;c", None);
    }

    #[test]
    fn the_heading_says_what_separates() {
        for text in ["\u{feff}Id;Reply-To\r\n\r\nx;y\r\n;\r\n", "id\treply to\n\nx\ty\n\t\n", "id,reply_to\n\nx,y\n,"] {
            let table = read(text).unwrap();
            assert_eq!(table.heading, ["id", "reply_to"], "{text:?}");
            assert_eq!(table.rows, [Row { line: 3, cells: vec!["x".into(), "y".into()] }], "{text:?}");
        }
        assert_eq!(read("\n \n"), None);
        assert_eq!(read("id;name\na;\"b\n").unwrap().torn, [2]);
    }
}
