// Entra names the resource in front of the scope: https://outlook.office.com/IMAP.AccessAsUser.All

import { EXCHANGE, GRAPH, resources } from './directory.mjs';

export const OIDC_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

export const listOf = (scope) => (scope ?? '').split(' ').filter(Boolean);

export const isOidc = (scope) => OIDC_SCOPES.includes(scope);

/** One spelling for each scope: Exchange has two host names, and a bare name means Microsoft Graph. */
export function canonical(scope) {
  return listOf(scope)
    .map((name) => {
      if (isOidc(name)) return name;
      if (!name.includes('://')) return `${GRAPH}/${name}`;
      return name.replace('https://outlook.office365.com/', `${EXCHANGE}/`);
    })
    .join(' ');
}

/** The resource a scope belongs to, whether or not anybody knows that resource. */
export const resourceOf = (scope) => scope.slice(0, scope.lastIndexOf('/')).replace(/\/$/, '');

/** The scopes of each resource, and of those that do not exist the AADSTS code with the name. */
export function byResource(scope) {
  const found = new Map();
  const unknown = [];
  for (const name of listOf(scope).filter((one) => !isOidc(one))) {
    const resource = resourceOf(name);
    if (!resources[resource]) {
      unknown.push({ code: 500011, name });
    } else if (!scopesOf(resource).includes(name)) {
      unknown.push({ code: 650053, name });
    } else {
      found.set(resource, [...(found.get(resource) ?? []), name]);
    }
  }
  return { found, unknown };
}

/** All scopes of a resource under their full names. */
export const scopesOf = (resource) => resources[resource].scopes.map((scope) => `${resource}/${scope}`);
