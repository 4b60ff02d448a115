// oidc-provider's refusals told in Entra's words.

import crypto from 'node:crypto';
import { errors } from 'oidc-provider';
import { aadsts } from './aadsts.mjs';
import { byResource } from './scopes.mjs';
import { whyDead } from './store.mjs';

/** The person's own no. */
export const DECLINED = 65004;

/** A refusal decided by us inside oidc-provider. */
export class Refusal extends errors.OIDCProviderError {
  constructor(code, detail) {
    const { error, text } = aadsts(code);
    super(400, error);
    Object.assign(this, { aadsts: code, detail, error_description: `AADSTS${code}: ${text}`, expose: true });
  }
}

/** The body Entra answers a refusal with. */
export function refusalBody(req, code, detail) {
  const { error, suberror, text } = aadsts(code);
  const marks = marksOf(req.headers['client-request-id']);
  return {
    error,
    error_description: describe(code, detail ? `${text} ${detail}` : text, marks),
    error_codes: [Number(code)],
    ...marks,
    error_uri: `https://${req.headers.host}/error?code=${code}`,
    ...(suberror ? { suberror } : {}),
  };
}

/** What Entra sends back through the browser where the person, or an administrator, does not let the application in. */
export function denial(code, correlation) {
  return { error: 'access_denied', error_description: describe(code, aadsts(code).text, marksOf(correlation)) };
}

/** What a refusal is found by in the sign-in log. */
function marksOf(correlation) {
  return {
    timestamp: new Date().toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z'),
    trace_id: crypto.randomUUID(),
    correlation_id: correlation || crypto.randomUUID(),
  };
}

function describe(code, text, { timestamp, trace_id: trace, correlation_id: correlation }) {
  return `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
}

/** The AADSTS number Entra would give for what oidc-provider refused. */
export function codeFor(err, ctx) {
  if (err.aadsts) return err.aadsts;
  if (ctx.state.refusedFor) return ctx.state.refusedFor;
  const params = ctx.oidc?.params ?? {};
  const said = `${err.error_detail ?? ''} ${err.error_description ?? ''} ${err.cause?.message ?? ''}`;
  switch (err.error) {
    case 'access_denied':
      return Number(/^AADSTS(\d+)/.exec(err.error_description)?.[1] ?? DECLINED);
    case 'login_required':
      return 50058;
    case 'interaction_required':
    case 'account_selection_required':
      return 16000;
    case 'consent_required':
      return 65001;
    case 'unsupported_grant_type':
      return 70003;
    case 'invalid_redirect_uri':
      return 50011;
    case 'invalid_scope':
      return scopeCode(params.scope, said);
    case 'invalid_client':
      return clientCode(params, said);
    case 'invalid_request':
      if (/redirect_uri/.test(said)) return 50011;
      return /missing required parameter/.test(said) ? 90014 : 9002313;
    case 'invalid_grant':
      return grantCode(params, said);
    default:
      return 9002313;
  }
}

function scopeCode(scope, said) {
  const [unknown] = byResource(scope).unknown;
  if (unknown) return unknown.code;
  return /missing requested/.test(said) ? 65001 : 70011;
}

function clientCode(params, said) {
  if (/client not found|client is invalid/.test(said)) return 700016;
  return params.client_secret ? 7000215 : 7000218;
}

function grantCode(params, said) {
  if (/code_verifier|PKCE/.test(said)) return 501481;
  if (/already consumed/.test(said)) return 54005;
  if (/authorization code is expired/.test(said)) return 70008;
  if (/refresh token is expired|grant is expired/.test(said)) return 700082;
  if (/not found/.test(said)) {
    const why = whyDead(params.refresh_token ?? params.code);
    if (why === 'password') return 50173;
    if (why === 'session') return 50133;
  }
  return 70000;
}
