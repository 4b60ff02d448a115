// The log of requests, by which a test shows what was asked of the provider, and that nothing was.

import { now } from './settings.mjs';

const KEPT = 5000;

let requests = [];
let waiting = [];

/** Notes a request and, once it is over, its status (null for one that was never answered). */
export function noteRequest(req, res, { endpoint, path, params }) {
  const entry = { at: new Date(now()).toISOString(), method: req.method, path, endpoint, params, headers: req.headers };
  if (!endpoint) return entry;
  requests = [...requests.slice(1 - KEPT), entry];
  res.on('close', () => {
    entry.status = res.headersSent ? res.statusCode : null;
  });
  waiting = waiting.filter((tell) => !tell());
  return entry;
}

export const requestsTo = (endpoint) => requests.filter((entry) => !endpoint || entry.endpoint === endpoint);

export const forgetRequests = () => {
  requests = [];
};

/** The requests to an endpoint, once there are `count` of them. */
export function requestsOnceThere(endpoint, count) {
  return new Promise((resolve) => {
    const tell = () => {
      const seen = requestsTo(endpoint);
      if (seen.length < count) return false;
      resolve(seen);
      return true;
    };
    if (!tell()) waiting.push(tell);
  });
}

let underWay = 0;
const untilQuiet = [];

/** Carries a request out, to its end even if whoever sent it has gone. */
export async function carriedOut(request) {
  underWay += 1;
  try {
    return await request();
  } finally {
    underWay -= 1;
    if (underWay === 0) for (const tell of untilQuiet.splice(0)) tell();
  }
}

/** Resolves once no request is being carried out. */
export const quiet = () => (underWay ? new Promise((resolve) => untilQuiet.push(resolve)) : undefined);
