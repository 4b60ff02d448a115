//! What the token endpoint says, with Entra's additions to RFC 6749.

use std::fmt;

use broker::AuthorityError;
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType};
use oauth2::{Client, EndpointNotSet, ErrorResponse, ExtraTokenFields, StandardRevocableToken, StandardTokenResponse};
use serde::{Deserialize, Deserializer, Serialize};

pub(super) type TokenReply = StandardTokenResponse<Extra, BasicTokenType>;
pub(super) type OAuthClient<HasAuthUrl = EndpointNotSet, HasTokenUrl = EndpointNotSet> = Client<
    OAuthError,
    TokenReply,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    HasAuthUrl,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    HasTokenUrl,
>;

/// Fields beside RFC 6749's: the ID token (OpenID Connect Core § 3.1.3.3) and Entra's own.
#[derive(Serialize, Deserialize)]
pub(super) struct Extra {
    /// Who signed in.
    #[serde(default, skip_serializing)]
    pub(super) id_token: Option<String>,
    /// Base64url JSON with `uid` and `utid`: the person in their home tenant.
    #[serde(default, skip_serializing)]
    pub(super) client_info: Option<String>,
    /// Seconds after which a refresh is wanted.
    #[serde(default, deserialize_with = "number_or_text")]
    pub(super) refresh_in: Option<u64>,
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extra").field("refresh_in", &self.refresh_in).finish_non_exhaustive()
    }
}

impl ExtraTokenFields for Extra {}

/// Entra has sent numbers as text; what is neither counts as absent.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_u64().or_else(|| value.as_str()?.parse().ok()))
}

/// Entra sends one or two.
const NUMBERS: usize = 16;

/// A verdict must not be lost for the shape of its numbers.
fn numbers_or_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let number = |value: &serde_json::Value| {
        value.as_u64().and_then(|number| number.try_into().ok()).or_else(|| value.as_str()?.parse().ok())
    };
    Ok(value.as_array().map(|numbers| numbers.iter().filter_map(number).take(NUMBERS).collect()).unwrap_or_default())
}

/// The characters of an error code (RFC 6749 § 5.2): it is shown on terminals and pages.
pub(super) fn error_word(error: &str) -> String {
    error.chars().filter(|c| c.is_ascii_graphic()).take(64).collect()
}

/// An error reply (RFC 6749 § 5.2) with Entra's fields. `error_description` is not kept: it may carry
/// anything, and the numbers say it better.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OAuthError {
    error: String,
    #[serde(default)]
    suberror: Option<String>,
    #[serde(default, deserialize_with = "numbers_or_texts")]
    error_codes: Vec<u32>,
    #[serde(default)]
    claims: Option<String>,
    #[serde(default)]
    correlation_id: Option<String>,
}

/// Whether this is an error reply with AADSTS50196: Entra sees the same request too often.
pub(super) fn speaks_of_a_loop(body: &[u8]) -> bool {
    serde_json::from_slice::<OAuthError>(body).is_ok_and(|error| error.error_codes.contains(&50_196))
}

impl ErrorResponse for OAuthError {}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

impl From<OAuthError> for AuthorityError {
    fn from(error: OAuthError) -> Self {
        Self {
            status: 400,
            error: error_word(&error.error),
            suberror: error.suberror.map(|suberror| error_word(&suberror)).filter(|suberror| !suberror.is_empty()),
            codes: error.error_codes,
            claims: error.claims,
            correlation_id: error.correlation_id.map(|id| error_word(&id)).filter(|id| !id.is_empty()),
            retry_after: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_is_heard_of_in_an_error_reply_alone() {
        for (body, want) in [
            (r#"{"error":"temporarily_unavailable","error_codes":[50196]}"#, true),
            (r#"{"error":"invalid_grant","error_codes":["50196"]}"#, true),
            (r#"{"error":"invalid_grant","error_codes":[50173]}"#, false),
            (r#"{"error_codes":[50196]}"#, false),
            ("<html>50196</html>", false),
        ] {
            assert_eq!(speaks_of_a_loop(body.as_bytes()), want, "{body}");
        }
    }
}
