// The front: Entra's addresses for every name of the tenant, the log of requests, and the faults in their way.

import crypto from 'node:crypto';
import { knowsTenant, userBy } from './directory.mjs';
import { befall, takeFault } from './faults.mjs';
import { bodyOf, formOf, sendHtml, sendJson } from './http.mjs';
import { errorPage } from './pages.mjs';
import { refusalBody } from './refusals.mjs';
import { carriedOut, noteRequest } from './requests.mjs';
import { canonical, listOf } from './scopes.mjs';
import { payloadOf } from './store.mjs';

const ENDPOINTS = {
  '/oauth2/v2.0/authorize': 'authorize',
  '/oauth2/v2.0/token': 'token',
  '/oauth2/v2.0/introspect': 'introspect',
  '/oauth2/v2.0/logout': 'logout',
  '/discovery/v2.0/keys': 'keys',
  '/v2.0/.well-known/openid-configuration': 'discovery',
};
const POSTED = ['token', 'introspect'];
const RESPONSE_MODES = { query: 'entra_query', form_post: 'entra_form_post' };

/** Serves the engine at /{tenant}/..., as a request handler. */
export function makeFront({ engine, login, origin }) {
  return (req, res) => carriedOut(() => front(req, res));

  async function front(req, res) {
    const url = new URL(req.url, origin);
    const [, segment, path] = /^\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
    if (!path) return sendHtml(res, 404, '');
    const endpoint = ENDPOINTS[path];
    const params = await paramsOf(req, url, endpoint);
    const entry = noteRequest(req, res, { endpoint, path: url.pathname, params });
    markAsEntra(req, res);

    const fault = endpoint && takeFault(endpoint, { ...params, user: personBehind(params) });
    if (fault) {
      entry.fault = fault;
      if (await befall(fault, req, res)) return undefined;
    }

    req.tenant = decodeURIComponent(segment).toLowerCase();
    if (!knowsTenant(req.tenant)) return strangeTenant(req, res, endpoint);
    mount(req, `/${segment}`, endpoint === 'discovery' ? path.replace('/v2.0', '') : path, searchOf(endpoint, url));
    return path.startsWith('/login/') ? login(req, res) : engine(req, res);
  }
}

async function paramsOf(req, url, endpoint) {
  if (endpoint === 'authorize') return Object.fromEntries(url.searchParams);
  if (!POSTED.includes(endpoint) || req.method !== 'POST') return {};
  req.body = formOf(await bodyOf(req)); // oidc-provider takes a body that is already parsed
  if (req.body.scope) req.body.scope = canonical(req.body.scope);
  return req.body;
}

function personBehind({ code, refresh_token: refreshToken }) {
  const spent = payloadOf('RefreshToken', refreshToken) ?? payloadOf('AuthorizationCode', code);
  return userBy(spent?.accountId)?.upn;
}

function markAsEntra(req, res) {
  res.setHeader('x-ms-request-id', crypto.randomUUID());
  res.setHeader('x-ms-ests-server', '2.1.0 - RIG');
  const asked = req.headers['client-request-id'];
  if (asked) res.setHeader('client-request-id', asked);
}

function strangeTenant(req, res, endpoint) {
  const refusal = refusalBody(req, 90002, `Tenant '${req.tenant}'.`);
  if (endpoint === 'authorize' || !endpoint) return sendHtml(res, 400, errorPage(refusal));
  return sendJson(res, 400, refusal);
}

function searchOf(endpoint, url) {
  if (endpoint !== 'authorize') return url.search;
  const query = new URLSearchParams(url.search);
  query.set('scope', canonical(query.get('scope')));
  const mode = query.get('response_mode') ?? 'query';
  query.set('response_mode', RESPONSE_MODES[mode] ?? mode);
  const prompt = query.get('prompt') ?? '';
  // oidc-provider drops offline_access unless consent is prompted for; the engine's policy looks at what was asked.
  if (prompt !== 'none' && listOf(query.get('scope')).includes('offline_access')) {
    query.set('asked_prompt', prompt);
    query.set('prompt', `${prompt} consent`.trim());
  }
  return `?${query}`;
}

// oidc-provider takes the place it is mounted at from what originalUrl has more than url.
function mount(req, base, path, search) {
  req.baseUrl = base;
  req.url = path + search;
  req.originalUrl = req.baseUrl + req.url;
}
