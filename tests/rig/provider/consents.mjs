// What each person has allowed each application, remembered scope by scope as Entra does.

const given = new Map();

const keyOf = (oid, clientId) => `${oid} ${clientId}`;

/** The set of scopes a person has consented to for an application. */
export const consented = (oid, clientId) => given.get(keyOf(oid, clientId)) ?? new Set();

export function consent(oid, clientId, scopes) {
  given.set(keyOf(oid, clientId), new Set([...consented(oid, clientId), ...scopes]));
}

export function forgetConsent(oid, clientId) {
  given.delete(keyOf(oid, clientId));
}
