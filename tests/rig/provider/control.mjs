// The door by which tests look at and change the provider: JSON over plain HTTP at /_rig/...

import { consent, consented, forgetConsent } from './consents.mjs';
import { clients, MAIL_SCOPES, mailboxes, putUser, SIGNET, TENANT, userBy, users } from './directory.mjs';
import { cancelFaults, orderedFaults, orderFaults } from './faults.mjs';
import { bodyOf, sendJson } from './http.mjs';
import { forgetRequests, quiet, requestsOnceThere, requestsTo } from './requests.mjs';
import { byResource, OIDC_SCOPES } from './scopes.mjs';
import { settings } from './settings.mjs';
import { endSignIns, issued, payloadOf } from './store.mjs';

export const CONTROL = '/_rig/';

/** The control door over one engine, as a request handler. */
export function makeControl({ provider, issuer, gate }) {
  const doors = {
    'GET world': async () => ({ tenant: TENANT, users, mailboxes: mailboxes(), clients, issuer }),

    'POST settings': async (changes) => Object.assign(settings, changes),

    'POST faults': async (faults) => {
      orderFaults([faults].flat());
      return orderedFaults();
    },

    'DELETE faults': async () => cancelFaults() ?? [],

    'GET requests': async (none, query) => {
      const endpoint = query.get('endpoint') ?? undefined;
      const count = Number(query.get('at_least') ?? 0);
      return count ? requestsOnceThere(endpoint, count) : requestsTo(endpoint);
    },

    'DELETE requests': async () => forgetRequests() ?? [],

    'GET quiet': async () => (await quiet()) ?? null,

    // revoke: 'password' (it was changed) or 'session' (an administrator ended it)
    'POST user': async ({ upn, set = {}, revoke }) => {
      const user = putUser(upn, set);
      if (revoke) endSignIns(user.oid, revoke);
      return user;
    },

    'POST consent': async ({ upn, client_id: clientId = SIGNET, scopes, forget }) => {
      const { oid } = userBy(upn);
      if (forget) forgetConsent(oid, clientId);
      if (scopes) consent(oid, clientId, scopes);
      return [...consented(oid, clientId)];
    },

    'POST gate': async ({ state }) => (await gate(state)) ?? state,

    'GET issued': async () => issued(),

    'POST owner': async ({ access_token: token }) => userBy(payloadOf('AccessToken', token)?.accountId)?.upn ?? null,

    'POST mint': (order) => mint(provider, order),
  };

  return async function control(req, res, url) {
    const door = doors[`${req.method} ${url.pathname.slice(CONTROL.length)}`];
    if (!door) return sendJson(res, 404, { error: 'no such door' });
    try {
      const body = req.method === 'POST' ? JSON.parse(await bodyOf(req)) : undefined;
      return sendJson(res, 200, await door(body, url.searchParams));
    } catch (err) {
      return sendJson(res, 400, { error: err.message });
    }
  };
}

// Tokens without a browser, as a sign-in with these scopes would have given them.
async function mint(provider, { upn, scope = MAIL_SCOPES.join(' '), ttl = settings.accessTtl, refresh = false }) {
  const user = userBy(upn);
  if (!user) throw new Error(`${upn} is nobody here`);
  const client = await provider.Client.find(SIGNET);
  const { found } = byResource(scope);
  const [[resource, scopes]] = found;
  consent(user.oid, SIGNET, [...OIDC_SCOPES, ...[...found.values()].flat()]);

  const grant = new provider.Grant({ accountId: user.oid, clientId: SIGNET });
  grant.addOIDCScope(OIDC_SCOPES.join(' '));
  for (const [one, its] of found) grant.addResourceScope(one, its.join(' '));
  const shared = { accountId: user.oid, client, grantId: await grant.save(), gty: 'authorization_code' };

  const access = new provider.AccessToken({ ...shared, scope: scopes.join(' '), expiresIn: ttl });
  access.setAudience(resource);
  const tokens = { access_token: await access.save(), expires_in: ttl, scope: scopes.join(' ') };
  if (!refresh) return tokens;

  const all = [...OIDC_SCOPES, scope].join(' ');
  const iiat = Math.floor(Date.now() / 1000);
  const token = new provider.RefreshToken({ ...shared, resource: [...found.keys()], scope: all, rotations: 0, iiat });
  return { ...tokens, refresh_token: await token.save() };
}
