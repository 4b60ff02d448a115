//! The identity service: discovery, the authorize address, redemption and refresh.
//!
//! `oauth2` builds the requests; this room adds Entra's fields, the checks of who it was, and the meaning of
//! everything that can go wrong on the way.

pub(crate) mod by_browser;
mod discovery;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod http;
mod id_token;
mod probe;
mod reply;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use broker::{Detail, Failure, NewTokens, Person, Reason, ResourceKey};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use tracing::warn;

use self::discovery::Discovered;
pub(crate) use self::http::Wire;
pub(crate) use self::probe::Probed;
use self::reply::{OAuthClient, OAuthError, TokenReply, error_word};
use crate::config::{AccountConfig, ResponseMode};
use crate::said;

/// `expires_in` is only recommended (RFC 6749 § 5.1); without it an hour is usual.
const USUAL_LIFE: Duration = Duration::from_secs(3600);
/// The scopes that make a sign-in one that lasts and says who it was.
const OWN_SCOPES: [&str; 3] = ["openid", "profile", "offline_access"];

/// All authorities, by one HTTP client.
pub(crate) struct Authorities {
    wire: Wire,
    discovered: Mutex<HashMap<String, Arc<Discovered>>>,
}

/// What only this side knows of an authorization request.
pub(crate) struct Pending {
    pub(crate) state: SecretString,
    pub(crate) url: SecretString,
    nonce: SecretString,
    verifier: SecretString,
    redirect: String,
    claims: Option<String>,
}

impl Authorities {
    pub(crate) fn new(wire: Wire) -> Self {
        Self { wire, discovered: Mutex::default() }
    }

    /// The address of the page to sign in at.
    pub(crate) async fn authorize(
        &self,
        account: &AccountConfig,
        port: u16,
        claims: Option<String>,
        another_account: bool,
    ) -> Result<Pending, Failure> {
        let discovered = self.discover(account).await?;
        let redirect = format!("http://localhost:{port}");
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random();
        let client = client(account, &discovered)?.set_redirect_uri(redirect_url(&redirect)?);
        let mut request = client
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge)
            .add_scopes(OWN_SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .add_scopes(account.resources.iter().flat_map(|resource| scopes(&resource.scopes)))
            .add_extra_param("nonce", nonce.secret());
        if account.response_mode == ResponseMode::FormPost {
            request = request.add_extra_param("response_mode", "form_post");
        }
        // Entra ignores the choice of another account when it is given a hint of one.
        request = if another_account {
            request.add_extra_param("prompt", "select_account")
        } else {
            request.add_extra_param("login_hint", &account.login)
        };
        if let Some(claims) = &claims {
            request = request.add_extra_param("claims", claims);
        }
        if discovered.is_entra {
            request = request.add_extra_param("client_info", "1");
        }
        let (url, state) = request.url();
        Ok(Pending {
            state: state.into_secret().into(),
            url: String::from(url).into(),
            nonce: nonce.into_secret().into(),
            verifier: verifier.into_secret().into(),
            redirect,
            claims,
        })
    }

    /// The id of the account's tenant, which may be given by a domain of it: Entra's issuers are
    /// `https://{host}/{tenant}/v2.0`.
    pub(crate) async fn tenant(&self, account: &AccountConfig) -> Result<String, Failure> {
        let discovered = self.discover(account).await?;
        let issuer = url::Url::parse(&discovered.issuer).ok();
        let tenant = issuer.as_ref().and_then(|issuer| issuer.path_segments()?.next()).filter(|it| !it.is_empty());
        let unnamed = || id_token::not_trusted("error-discovery-failed", &[("issuer", account.issuer())]);
        tenant.map(str::to_owned).ok_or_else(unnamed)
    }

    /// Redeems the code for the first resource's tokens, and says who signed in.
    pub(crate) async fn redeem(
        &self,
        account: &AccountConfig,
        pending: &Pending,
        code: SecretString,
    ) -> Result<(Person, NewTokens), Failure> {
        let discovered = self.discover(account).await?;
        let first: &[String] = account.resources.first().map_or(&[], |resource| &resource.scopes);
        let scope = OWN_SCOPES.into_iter().chain(first.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        let client = client(account, &discovered)?.set_redirect_uri(redirect_url(&pending.redirect)?);
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.expose_secret().to_owned()))
            .add_extra_param("scope", scope);
        if let Some(claims) = &pending.claims {
            request = request.add_extra_param("claims", claims);
        }
        if discovered.is_entra {
            request = request.add_extra_param("client_info", "1");
        }
        let reply = request.request_async(&self.wire).await.map_err(failure)?;
        let person = id_token::person(&reply, account, &discovered, Some(&pending.nonce))?
            .ok_or_else(|| id_token::not_trusted("error-no-id-token", &[]))?;
        Ok((person, new_tokens(&reply, first, None, &discovered)?))
    }

    /// Spends the refresh token for this resource; it is sent to the endpoint it came from, and to no other.
    pub(crate) async fn refresh(
        &self,
        account: &AccountConfig,
        key: &ResourceKey,
        refresh: &SecretString,
        endpoint: &str,
        claims: Option<&str>,
    ) -> Result<NewTokens, Failure> {
        let discovered = self.discover(account).await?;
        if discovered.token_origin() != endpoint {
            let found = [("issuer", account.issuer()), ("found", discovered.token_origin())];
            let detail = Detail { id: "error-discovery-mismatch", args: found.into() };
            return Err(Failure::Unacceptable(Reason::NotTrusted, detail));
        }
        let client = client(account, &discovered)?;
        let spent = RefreshToken::new(refresh.expose_secret().to_owned());
        let mut request = client
            .exchange_refresh_token(&spent)
            .add_scopes(OWN_SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .add_scopes(scopes(&key.scopes));
        if let Some(claims) = claims {
            request = request.add_extra_param("claims", claims);
        }
        if discovered.is_entra {
            request = request.add_extra_param("client_info", "1");
        }
        let reply = request.request_async(&self.wire).await.map_err(failure)?;
        // The tokens came from where the old ones did; an ID token that cannot be used takes nothing away.
        let person = id_token::person(&reply, account, &discovered, None).unwrap_or_else(|failure| {
            warn!(account = %account.name, cause = said::cause(&failure), "the ID token of a refresh is not used");
            None
        });
        new_tokens(&reply, &key.scopes, person, &discovered)
    }

    /// The authority's metadata, from memory if it is there.
    async fn discover(&self, account: &AccountConfig) -> Result<Arc<Discovered>, Failure> {
        let issuer = account.issuer();
        if let Some(known) = self.discovered.lock().unwrap_or_else(PoisonError::into_inner).get(&issuer) {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(discovery::fetch(&self.wire, account, &issuer).await?);
        let mut discovered = self.discovered.lock().unwrap_or_else(PoisonError::into_inner);
        discovered.insert(issuer, Arc::clone(&found));
        Ok(found)
    }
}

fn scopes(names: &[String]) -> impl Iterator<Item = Scope> {
    names.iter().map(|name| Scope::new(name.clone()))
}

fn client(
    account: &AccountConfig,
    discovered: &Discovered,
) -> Result<OAuthClient<oauth2::EndpointSet, oauth2::EndpointSet>, Failure> {
    let address = |_| id_token::not_trusted("error-discovery-failed", &[("issuer", account.issuer())]);
    let authorize = AuthUrl::new(discovered.authorization_endpoint.to_string()).map_err(address)?;
    let token = TokenUrl::new(discovered.token_endpoint.to_string()).map_err(address)?;
    Ok(OAuthClient::new(ClientId::new(account.client_id.clone()))
        .set_auth_uri(authorize)
        .set_token_uri(token)
        .set_auth_type(oauth2::AuthType::RequestBody))
}

fn redirect_url(redirect: &str) -> Result<RedirectUrl, Failure> {
    RedirectUrl::new(redirect.to_owned())
        .map_err(|error| id_token::not_trusted("error-redirect-listener", &[("detail", error.to_string())]))
}

/// What is no token at all (RFC 6749, appendices A.12 and A.17) is no answer either; an empty refresh token is none.
fn new_tokens(
    reply: &TokenReply,
    wanted: &[String],
    person: Option<Person>,
    discovered: &Discovered,
) -> Result<NewTokens, Failure> {
    let is_visible = |token: &str| token.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let access = reply.access_token().secret().as_str();
    let refresh = reply.refresh_token().map(|token| token.secret().as_str()).filter(|token| !token.is_empty());
    if access.is_empty() || !is_visible(access) || !refresh.is_none_or(is_visible) {
        return Err(http::garbage());
    }
    let granted = reply.scopes().map(|granted| {
        let own = |scope: &&Scope| OWN_SCOPES.contains(&scope.as_str()) || scope.as_str() == "email";
        granted.iter().filter(|scope| !own(scope)).map(|scope| scope.as_str().to_owned()).collect()
    });
    Ok(NewTokens {
        access: access.into(),
        life: reply.expires_in().unwrap_or(USUAL_LIFE),
        refresh_in: reply.extra_fields().refresh_in.map(Duration::from_secs),
        scopes: granted.filter(|scopes: &Vec<_>| !scopes.is_empty()).unwrap_or_else(|| wanted.to_vec()),
        refresh: refresh.map(Into::into),
        person,
        endpoint: discovered.token_origin(),
    })
}

fn failure(error: RequestTokenError<http::Undelivered, OAuthError>) -> Failure {
    match error {
        RequestTokenError::ServerResponse(error) => Failure::Authority(Box::new(error.into())),
        RequestTokenError::Request(http::Undelivered(failure)) => failure,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => http::garbage(),
    }
}
