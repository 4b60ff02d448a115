//! Folders by the names that IMAP knows them by.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

const BASE64: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A folder's name in modified UTF-7 (RFC 3501 § 5.1.3), which servers take for as long as nobody has enabled UTF-8.
pub(super) fn encoded(name: &str) -> String {
    let mut encoded = String::new();
    let mut rest = name;
    while let Some(sign) = rest.chars().next() {
        let end = |is_in_run: fn(char) -> bool| rest.find(|sign| !is_in_run(sign)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(if is_itself(sign) { end(is_itself) } else { end(|it| !is_itself(it)) });
        if is_itself(sign) {
            encoded.push_str(&run.replace('&', "&-"));
        } else {
            let utf16: Vec<u8> = run.encode_utf16().flat_map(u16::to_be_bytes).collect();
            encoded.push_str(&format!("&{}-", BASE64.encode(utf16)));
        }
        rest = after;
    }
    encoded
}

fn is_itself(sign: char) -> bool {
    matches!(sign, ' '..='~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_as_servers_know_them() {
        for (name, want) in [
            ("INBOX", "INBOX"),
            ("Faktury żółte", "Faktury &AXwA8wFC-te"),
            // RFC 3501 § 5.1.3.
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("a & b", "a &- b"),
            ("ż&ó", "&AXw-&-&APM-"),
            ("&AXw-", "&-AXw-"),
            ("📧", "&2D3c5w-"),
            ("\"Koszty\" \\ 2026", "\"Koszty\" \\ 2026"),
            ("", ""),
        ] {
            assert_eq!(encoded(name), want, "{name}");
        }
    }

    #[test]
    fn whatever_a_folder_is_called_it_goes_out_in_ascii_and_comes_back() {
        let signs: Vec<char> = ('\0'..=char::MAX).collect();
        for length in [1_usize, 2, 3, 7] {
            // A prime apart, so that neighbours differ in how many bytes they take.
            for start in (0..signs.len()).step_by(1_009) {
                let mixed = |at: usize| [signs[(start + at * 65_537) % signs.len()], signs[at * 3 % 96 + 32]];
                let name: String = (0..length).flat_map(mixed).collect();
                let encoded = encoded(&name);
                assert!(encoded.chars().all(is_itself), "{name:?} goes out as {encoded:?}");
                assert_eq!(decoded(&encoded), name, "{encoded:?}");
            }
        }
    }

    fn decoded(encoded: &str) -> String {
        let Some((before, shifted)) = encoded.split_once('&') else { return encoded.to_owned() };
        let (run, after) = shifted.split_once('-').expect("each run ends");
        let bytes = BASE64.decode(run).expect("it is base64");
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        let said = if run.is_empty() { "&".to_owned() } else { String::from_utf16(&units).expect("it is UTF-16") };
        format!("{before}{said}{}", decoded(after))
    }
}
