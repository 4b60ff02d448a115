// Everything oidc-provider keeps. Its own memory adapter forgets after a thousand entries and cannot say why a token
// died, which Entra's refusals tell apart.

const entries = new Map();
const keysOfGrant = new Map();
const sessionIdByUid = new Map();
const causeOfDeath = new Map();

const keyOf = (model, id) => `${model}:${id}`;

/** oidc-provider's adapter over the maps above. */
export class Adapter {
  constructor(model) {
    this.model = model;
  }

  async upsert(id, payload) {
    const key = keyOf(this.model, id);
    entries.set(key, payload);
    if (this.model === 'Session') {
      sessionIdByUid.set(payload.uid, id);
    } else if (payload.grantId) {
      if (!keysOfGrant.has(payload.grantId)) keysOfGrant.set(payload.grantId, new Set());
      keysOfGrant.get(payload.grantId).add(key);
    }
  }

  async find(id) {
    return payloadOf(this.model, id);
  }

  async findByUid(uid) {
    return this.find(sessionIdByUid.get(uid));
  }

  async consume(id) {
    const payload = payloadOf(this.model, id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    entries.delete(keyOf(this.model, id));
  }

  async revokeByGrantId(grantId) {
    endGrant(grantId, 'replay');
  }
}

/** The live payload of an entry: changing it changes what is kept. */
export const payloadOf = (model, id) => entries.get(keyOf(model, id));

const ISSUED = ['AccessToken', 'RefreshToken', 'AuthorizationCode'];

/** Every token and code that was given out and has not died. */
export const issued = () =>
  [...entries.keys()]
    .map((key) => key.split(':'))
    .filter(([model]) => ISSUED.includes(model))
    .map(([, id]) => id);

/** Why a code or refresh token that is no longer known died: 'replay', 'password' or 'session'. */
export const whyDead = (token) => causeOfDeath.get(token);

/** Ends every sign-in and browser session of a person. */
export function endSignIns(oid, why) {
  for (const [key, payload] of [...entries]) {
    if (payload.accountId !== oid) continue;
    if (key.startsWith('Grant:')) endGrant(key.slice('Grant:'.length), why);
    if (key.startsWith('Session:')) entries.delete(key);
  }
}

function endGrant(grantId, why) {
  for (const key of keysOfGrant.get(grantId) ?? []) {
    if (entries.delete(key)) causeOfDeath.set(key.slice(key.indexOf(':') + 1), why);
  }
  keysOfGrant.delete(grantId);
  entries.delete(keyOf('Grant', grantId));
}
