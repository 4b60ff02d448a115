// Entra's clothes over oidc-provider: what it answers, dressed as Entra's answers.

import crypto from 'node:crypto';
import { aadsts } from './aadsts.mjs';
import { consented } from './consents.mjs';
import { isAlias, MAIL_SCOPES, SHARED_MAILBOX, TENANT, userBy } from './directory.mjs';
import { answerPage } from './pages.mjs';
import { codeFor, DECLINED, refusalBody } from './refusals.mjs';
import { byResource, listOf } from './scopes.mjs';
import { settings } from './settings.mjs';
import { payloadOf } from './store.mjs';

const ERRORS = ['authorization.error', 'grant.error', 'introspection.error'];

export function dress(provider, { issuer, origin }) {
  for (const event of ERRORS) {
    provider.on(event, (ctx, err) => {
      ctx.state.refusal = err;
    });
  }
  provider.on('server_error', (ctx, err) => console.error(err));
  provider.registerResponseMode('entra_query', answerInQuery);
  provider.registerResponseMode('entra_form_post', answerInForm);

  provider.use(async (ctx, next) => {
    if (isRefresh(ctx.req.body)) {
      const code = widenSignIn(ctx.req.body);
      if (code) return refuse(ctx, code);
    }
    await next();
    switch (ctx.oidc?.route) {
      case 'token':
        return dressToken(provider, ctx);
      case 'introspection':
        return dressIntrospection(ctx);
      case 'discovery':
        return dressDiscovery(ctx, issuer, origin);
      default:
        return undefined;
    }
  });
}

const isRefresh = (form) => form?.grant_type === 'refresh_token';

function refuse(ctx, code, detail) {
  ctx.body = refusalBody(ctx.req, code, detail);
  ctx.status = aadsts(code).status;
}

// Entra's refresh tokens serve every resource its person has consented to for the application, those consented to
// since the sign-in included. Gives the AADSTS code when nothing is left to be served.
function widenSignIn(form) {
  const token = payloadOf('RefreshToken', form.refresh_token);
  const grant = token && payloadOf('Grant', token.grantId);
  if (!grant) return undefined;
  const given = [...consented(token.accountId, token.clientId)];
  const { found } = byResource(given.join(' '));
  if (found.size === 0 && token.resource?.length) return 65001;
  token.scope = given.join(' ');
  token.resource = inOrderOfSignIn(token.resource, [...found.keys()]);
  grant.resources = Object.fromEntries([...found].map(([resource, scopes]) => [resource, scopes.join(' ')]));
  // An ID token comes with every refresh once openid was granted, whether or not the refresh names it.
  if (form.scope && given.includes('openid')) form.scope = `${form.scope} openid profile`;
  return undefined;
}

// One resource is kept as a string, several as a list.
function inOrderOfSignIn(before, now) {
  const kept = [before ?? []].flat().filter((resource) => now.includes(resource));
  return [...new Set([...kept, ...now])];
}

async function dressToken(provider, ctx) {
  const { body, oidc, req, state } = ctx;
  if (state.refusal && body?.error) return refuse(ctx, codeFor(state.refusal, ctx), state.refusal.detail);
  if (!body?.access_token) return undefined;
  const user = oidc.entities.Account && userBy(oidc.entities.Account.accountId);
  ctx.body = {
    token_type: 'Bearer',
    ...(user ? { scope: listOf(body.scope).join(' ') } : {}),
    expires_in: body.expires_in,
    ext_expires_in: body.expires_in,
    ...(settings.refreshIn === null ? {} : { refresh_in: settings.refreshIn }),
    access_token: body.access_token,
    refresh_token: await refreshTokenFor(provider, ctx),
    id_token: body.id_token,
    ...(user && req.body.client_info === '1' ? { client_info: clientInfo(user) } : {}),
  };
  return undefined;
}

// What two refresh tokens of one sign-in have in common.
const SAME_SIGN_IN = 'accountId acr amr authTime claims grantId gty nonce resource scope sessionUid sid'.split(' ');

// oidc-provider rotates or keeps the token; Entra gives another one beside it.
async function refreshTokenFor(provider, ctx) {
  if (!isRefresh(ctx.req.body) || settings.refresh !== 'entra') return ctx.body.refresh_token;
  const { client, entities } = ctx.oidc;
  const another = Object.fromEntries(SAME_SIGN_IN.map((name) => [name, entities.RefreshToken[name]]));
  return new provider.RefreshToken({ ...another, client }).save();
}

const clientInfo = (user) => Buffer.from(JSON.stringify({ uid: user.oid, utid: TENANT.id })).toString('base64url');

function dressIntrospection(ctx) {
  const { body } = ctx;
  if (!body?.active) return;
  if (body.roles) {
    // An application has no person; it opens the mailbox an administrator gave it.
    Object.assign(body, { username: body.client_id, shared: SHARED_MAILBOX, scope: MAIL_SCOPES.join(' ') });
    return;
  }
  const user = userBy(body.sub);
  if (!user || user.disabled) {
    ctx.body = { active: false };
    return;
  }
  // A missing attribute would be an internal failure to Dovecot, not a refusal.
  Object.assign(body, { username: user.upn, shared: user.shared ?? '-' });
}

function dressDiscovery(ctx, issuer, origin) {
  const shared = isAlias(ctx.req.tenant);
  ctx.body = {
    ...ctx.body,
    issuer: shared ? `${origin}/{tenantid}/v2.0` : issuer,
    response_modes_supported: ['query', 'form_post'],
    subject_types_supported: ['pairwise'],
    tenant_region_scope: shared ? null : 'EU',
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
    http_logout_supported: true,
    authorization_response_iss_parameter_supported: undefined,
    grant_types_supported: undefined,
    introspection_endpoint: undefined,
  };
}

function answerInQuery(ctx, redirectUri, answer) {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(entraAnswer(ctx, answer))) url.searchParams.set(name, value);
  ctx.status = 302;
  ctx.redirect(url.href);
}

function answerInForm(ctx, redirectUri, answer) {
  ctx.type = 'html';
  ctx.status = 200;
  ctx.body = answerPage(redirectUri, entraAnswer(ctx, answer));
}

// Entra sends no `iss` (RFC 9207) with the code, but a session_state.
function entraAnswer(ctx, { iss, ...answer }) {
  if (!answer.error) return { ...answer, session_state: crypto.randomUUID() };
  const code = ctx.state.refusal ? codeFor(ctx.state.refusal, ctx) : 9002313;
  const refusal = refusalBody(ctx.req, code, ctx.state.refusal?.detail);
  // The login pages have said already who denied it, and why.
  const { error, error_description, error_uri } = answer.error === 'access_denied' ? { ...refusal, ...answer } : refusal;
  return {
    error,
    ...(code === DECLINED ? { error_subcode: 'cancel' } : {}),
    error_description,
    error_uri,
    ...(answer.state === undefined ? {} : { state: answer.state }),
  };
}
