//! Addresses of people and mailboxes.

use url::Host;

use super::{Wrong, named};

/// No name before the `@` is longer (RFC 5321 § 4.5.3.1.1).
const LONGEST: usize = 64;

/// An address, its domain in ASCII; its name as everybody writes them, without quotes (RFC 5321 § 4.1.2, RFC 6531 § 3.3).
///
/// # Errors
/// [`Wrong::Missing`], [`Wrong::NoAddress`].
pub fn address(text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Wrong::Missing);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(Wrong::NoAddress)?;
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) if is_name(local) => {
            named(&domain).map(|domain| format!("{local}@{domain}")).ok_or(Wrong::NoAddress)
        }
        Ok(_) | Err(_) => Err(Wrong::NoAddress),
    }
}

/// Atoms with dots between them.
fn is_name(local: &str) -> bool {
    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_of_atom);
    local.len() <= LONGEST && local.split('.').all(is_atom)
}

fn is_of_atom(sign: char) -> bool {
    match sign.is_ascii() {
        true => sign.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign),
        false => !sign.is_whitespace() && !sign.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for (text, want) in [
            (" biuro@Firma.pl ", Ok("biuro@firma.pl")),
            ("księgowość@żółw.pl", Ok("księgowość@xn--w-uga1v8h.pl")),
            ("Anna+faktury@FIRMA.рф", Ok("Anna+faktury@firma.xn--p1ai")),
            ("biuro@firma..pl", Err(Wrong::NoAddress)),
            ("biuro@10.0.0.7", Err(Wrong::NoAddress)),
            ("biuro@[10.0.0.7]", Err(Wrong::NoAddress)),
            ("bi uro@firma.pl", Err(Wrong::NoAddress)),
            ("biuro@firma.pl\r\nRCPT TO:<x@y.pl>", Err(Wrong::NoAddress)),
            ("a@b@firma.pl", Err(Wrong::NoAddress)),
            ("", Err(Wrong::Missing)),
            ("biuro", Err(Wrong::NoAddress)),
            ("biuro@", Err(Wrong::NoAddress)),
            ("@firma.pl", Err(Wrong::NoAddress)),
            ("Biuro <biuro@firma.pl>", Err(Wrong::NoAddress)),
            ("a@b.pl,c@d.pl", Err(Wrong::NoAddress)),
            ("jan.kowalski@firma.pl", Ok("jan.kowalski@firma.pl")),
            ("o'neil_{1}!#$%&*+-/=?^`|~@firma.pl", Ok("o'neil_{1}!#$%&*+-/=?^`|~@firma.pl")),
            ("jan.@firma.pl", Err(Wrong::NoAddress)),
            (".jan@firma.pl", Err(Wrong::NoAddress)),
            ("a..b@firma.pl", Err(Wrong::NoAddress)),
            ("\"jan kowalski\"@firma.pl", Err(Wrong::NoAddress)),
            ("jan(k)@firma.pl", Err(Wrong::NoAddress)),
            ("jan;ewa@firma.pl", Err(Wrong::NoAddress)),
            ("jan\u{a0}k@firma.pl", Err(Wrong::NoAddress)),
            (&format!("{}@firma.pl", "a".repeat(65)), Err(Wrong::NoAddress)),
        ] {
            assert_eq!(address(text), want.map(str::to_owned), "{text}");
        }
    }
}
