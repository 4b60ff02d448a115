// The protocol itself: oidc-provider, set up with Entra's paths, scopes, consent and refresh.

import crypto from 'node:crypto';
import { interactionPolicy, Provider } from 'oidc-provider';
import { consented } from './consents.mjs';
import { clients, EXCHANGE, MAIL_SERVER, resources, TENANT, userBy } from './directory.mjs';
import { errorPage } from './pages.mjs';
import { codeFor, Refusal, refusalBody } from './refusals.mjs';
import { byResource, isOidc, listOf, OIDC_SCOPES, scopesOf } from './scopes.mjs';
import { settings } from './settings.mjs';
import { Adapter } from './store.mjs';

const BITS_PER_CHARACTER = 6; // opaque tokens are base64url
const DAY = 86400;

export function makeEngine(issuer) {
  return new Provider(issuer, {
    adapter: Adapter,
    clients,
    jwks: { keys: [signingKey()] },
    clockTolerance: 0, // the default keeps an expired token active for 15 s
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    scopes: OIDC_SCOPES,
    claims: {
      openid: ['sub', 'oid', 'tid', 'ver'],
      email: ['email'],
      profile: ['name', 'preferred_username'],
    },
    pkce: { required: (ctx, client) => client.applicationType === 'native' },
    clientAuthMethods: ['none', 'client_secret_post', 'client_secret_basic'],
    cookies: { keys: [crypto.randomBytes(16).toString('hex')] },
    extraParams: ['asked_prompt', 'domain_hint', 'client_info'],
    formats: { bitsOfOpaqueRandomness },
    ttl: {
      AccessToken: (ctx, token) => token.resourceServer?.accessTokenTTL ?? settings.accessTtl,
      ClientCredentials: () => settings.accessTtl,
      AuthorizationCode: () => settings.codeTtl,
      IdToken: () => settings.accessTtl,
      RefreshToken: () => settings.refreshTtl,
      Grant: () => settings.refreshTtl,
      Session: DAY,
      Interaction: 3600,
    },
    routes: {
      authorization: '/oauth2/v2.0/authorize',
      token: '/oauth2/v2.0/token',
      jwks: '/discovery/v2.0/keys',
      end_session: '/oauth2/v2.0/logout',
      userinfo: '/oidc/userinfo',
      introspection: '/oauth2/v2.0/introspect',
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: mayIntrospect },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: resourceMeant,
        useGrantedResource: () => true, // without it openid beside a resource gives a token for userinfo
        getResourceServerInfo: (ctx, resource) => ({
          audience: resource,
          scope: scopesOf(resource).join(' '),
          accessTokenTTL: settings.accessTtl,
          accessTokenFormat: 'opaque',
        }),
      },
    },
    interactions: { policy: loginPolicy(), url: (ctx, interaction) => `${ctx.req.baseUrl}/login/${interaction.uid}` },
    issueRefreshToken: async (ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: () => settings.refresh === 'rotate',
    expiresWithSession: async () => false,
    extraTokenClaims: async (ctx, token) =>
      token.kind === 'ClientCredentials' ? { roles: resources[EXCHANGE].appRoles } : {},
    findAccount,
    loadExistingGrant: grantOfConsents,
    renderError: async (ctx, out, err) => {
      ctx.type = 'html';
      ctx.body = errorPage(refusalBody(ctx.req, codeFor(err, ctx), err.detail));
    },
  });
}

function signingKey() {
  // Exported by the generation itself: Node 20 deadlocks where a collection of the generation's remains falls into a
  // later export of its key.
  const encoding = { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } };
  const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding });
  return { ...privateKey, use: 'sig', alg: 'RS256', kid: 'rig-1' };
}

function bitsOfOpaqueRandomness(ctx, token) {
  const characters = {
    AccessToken: settings.tokenLength,
    ClientCredentials: settings.tokenLength,
    RefreshToken: settings.refreshTokenLength,
    AuthorizationCode: settings.codeLength,
  };
  return (characters[token?.kind] ?? 43) * BITS_PER_CHARACTER;
}

function mayIntrospect(ctx, client, token) {
  const audiences = [token.aud].flat();
  return client.clientId === MAIL_SERVER && audiences.includes(EXCHANGE);
}

// Entra has no resource parameter: the scopes say it. A sign-in may name the scopes of several resources, a token
// request those of one; without any it means the first of the sign-in's.
function resourceMeant(ctx, client, ofSignIn) {
  const scope = ofSignIn ? ctx.req.body.scope : ctx.oidc.params.scope;
  const { found, unknown } = byResource(scope);
  if (unknown.length) throw new Refusal(unknown[0].code, `Scope: ${unknown[0].name}.`);
  const named = [...found.keys()];
  if (!ofSignIn && ctx.oidc.route !== 'token') return named;
  if (named.length > 1) throw new Refusal(28000);
  if (!ofSignIn) return named[0];
  if (named.length === 0) return ofSignIn[0];
  if (!ofSignIn.includes(named[0])) throw new Refusal(65001);
  return named[0];
}

function loginPolicy() {
  const { base, Check, Prompt } = interactionPolicy;
  const policy = base();
  const consent = policy.get('consent');
  // Entra remembers consent for native applications too, and asks again only when the request says so. The front adds
  // "consent" to every prompt, since oidc-provider drops offline_access without it.
  consent.checks.remove('native_client_prompt');
  consent.checks.remove('consent_prompt');
  const wanted = (ctx) => listOf(ctx.oidc.params.asked_prompt).includes('consent') && !ctx.oidc.result?.consent;
  consent.checks.add(new Check('asked_for', 'consent was asked for', 'consent_required', wanted), 0);
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

async function findAccount(ctx, id) {
  const user = userBy(id);
  if (!user) return undefined;
  if (user.disabled && ctx.oidc?.route === 'token') {
    ctx.state.refusedFor = 50057;
    return undefined;
  }
  const { oid, upn, name } = user;
  const claims = { sub: oid, oid, tid: TENANT.id, ver: '2.0', email: upn, preferred_username: upn, name };
  return { accountId: oid, claims: async () => claims };
}

// Every sign-in gets a grant of its own, so that revoking one token family leaves the others alone.
async function grantOfConsents(ctx) {
  const { account, client, provider, requestParamScopes, resourceServers } = ctx.oidc;
  const given = consented(account.accountId, client.clientId);
  const wanted = [...requestParamScopes];
  if (!wanted.every((scope) => given.has(scope))) return undefined;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope(wanted.filter(isOidc).join(' '));
  for (const [resource, server] of Object.entries(resourceServers)) {
    grant.addResourceScope(resource, wanted.filter((scope) => server.scopes.has(scope)).join(' '));
  }
  await grant.save();
  return grant;
}
