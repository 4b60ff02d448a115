//! What an authority refuses by way of the browser (RFC 6749 § 4.1.2.1). Entra's numbers and ids stand in the
//! description there, which is not kept.

use broker::AuthorityError;

use super::error_word;

/// Entra names one or two.
const NUMBERS: usize = 16;
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// The refusal that an error and its description are.
pub(crate) fn refusal(error: &str, description: &str) -> AuthorityError {
    AuthorityError {
        error: error_word(error),
        codes: numbers(description),
        correlation_id: correlation_id(description),
        ..AuthorityError::default()
    }
}

/// The AADSTS numbers in a description.
fn numbers(description: &str) -> Vec<u32> {
    let after = description.split("AADSTS").skip(1);
    let number = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    after.filter_map(number).take(NUMBERS).collect()
}

/// The first GUID that a description calls so.
fn correlation_id(description: &str) -> Option<String> {
    let named = description.split("Correlation ID:").skip(1);
    named.filter_map(|rest| rest.split_whitespace().next().filter(|id| is_guid(id))).next().map(str::to_owned)
}

fn is_guid(id: &str) -> bool {
    let is_hex = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    id.split('-').map(str::len).eq(GROUPS) && id.split('-').all(is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_a_description() {
        assert_eq!(numbers("AADSTS65004: User declined to consent. Trace ID: 1"), [65_004]);
        assert_eq!(numbers("no number"), Vec::<u32>::new());
        assert_eq!(numbers("AADSTS: odd AADSTS99999999999"), Vec::<u32>::new());
        assert_eq!(numbers(&"AADSTS1 ".repeat(1_000)).len(), NUMBERS);
    }

    #[test]
    fn a_correlation_id_is_a_whole_guid_or_none() {
        let id = "1f0e9d8c-7b6a-5948-3726-150403020100";
        for (description, want) in [
            (format!("AADSTS90094: No. Trace ID: {} Correlation ID: {id} Timestamp: 2026", id.replace('1', "2")), true),
            (format!("AADSTS90094: No.\r\nCorrelation ID: {id}\r\nTimestamp: 2026"), true),
            (format!("Correlation ID: {id}"), true),
            (format!("Correlation ID: none Correlation ID: {id}"), true),
            (format!("Trace ID: {id}"), false),
            (format!("Correlation ID: {id}0"), false),
            (format!("Correlation ID: {}", id.replace('f', "g")), false),
            (format!("Correlation ID: {}", id.replace('-', "")), false),
            (format!("Correlation ID: {}", id.replace("1f", "ł")), false),
            ("Correlation ID:".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(correlation_id(&description).as_deref(), want.then_some(id), "{description}");
        }
    }
}
