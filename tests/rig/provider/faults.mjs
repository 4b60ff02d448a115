// Failures a test orders in advance. A fault names where it strikes (`on`) and how often, and then what happens:
//
//   on       token | authorize | introspect | discovery | keys | imap | pop3 | smtp | *
//   match    { parameter: value }, all of which the request must carry; `user` is whose code or token it spends
//   after    how many matching requests pass first; times: how many are struck (1), or 'always'
//   delay    milliseconds before anything else happens
//   aadsts   a refusal by number, with `claims` and `detail`; or status + headers + body, whatever they say
//   drop     reset (nothing is carried out), hang (never answered), late (carried out, the answer lost),
//            truncate (half an answer), hold (carried out and answered once the faults are cancelled)
//   dribble  carried out, the answer in pieces with so many milliseconds between them
//   say      mail only: the line to answer, '%t' standing for the IMAP tag; `close` hangs up after it

import { aadsts } from './aadsts.mjs';
import { send, sendJson } from './http.mjs';
import { refusalBody } from './refusals.mjs';

const PIECES = 10;

let ordered = [];
const held = [];

export const orderFaults = (faults) => ordered.push(...faults);
export const orderedFaults = () => ordered;
export const cancelFaults = () => {
  ordered = [];
  for (const release of held.splice(0)) release();
};

/** The fault that strikes this request, counted off; undefined when it is to pass. */
export function takeFault(where, params) {
  for (const fault of ordered) {
    const meant = fault.on === '*' || fault.on === where;
    if (!meant || !Object.entries(fault.match ?? {}).every(([name, value]) => params[name] === value)) continue;
    if (fault.after > 0) {
      fault.after -= 1;
      continue;
    }
    if (fault.times !== 'always') {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) ordered = ordered.filter((other) => other !== fault);
    }
    return fault;
  }
  return undefined;
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets a fault befall an HTTP request. Says whether the request is over; if not, its answer may still be lost. */
export async function befall(fault, req, res) {
  if (fault.delay) await pause(fault.delay);
  if (fault.drop === 'hang') return true;
  if (fault.drop === 'hold') {
    await new Promise((release) => held.push(release));
    return false;
  }
  if (fault.drop === 'reset') {
    reset(req);
    return true;
  }
  if (fault.aadsts) {
    const body = { ...refusalBody(req, fault.aadsts, fault.detail), ...(fault.claims ? { claims: fault.claims } : {}) };
    sendJson(res, fault.status ?? aadsts(fault.aadsts).status, body, fault.headers);
    return true;
  }
  if (fault.status) {
    const type = fault.body?.startsWith('{') ? 'application/json' : 'text/html';
    send(res, fault.status, fault.body ?? '', { 'content-type': type, ...fault.headers });
    return true;
  }
  if (fault.drop === 'late') withAnswer(res, () => reset(req));
  if (fault.drop === 'truncate') withAnswer(res, (whole, write) => write(halfOf(whole), () => req.socket.destroy()));
  if (fault.dribble) withAnswer(res, (whole, write, end) => dribble(whole, fault.dribble, write, end));
  return false;
}

// Lets something else happen to an answer than being sent.
function withAnswer(res, befall) {
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  const chunks = [];
  const keep = (chunk) => {
    if (chunk) chunks.push(Buffer.from(chunk));
    return true;
  };
  res.write = keep;
  res.end = (chunk) => {
    keep(chunk);
    befall(Buffer.concat(chunks), write, end);
    return res;
  };
}

const halfOf = (whole) => whole.subarray(0, Math.floor(whole.length / 2));

async function dribble(whole, milliseconds, write, end) {
  const size = Math.ceil(whole.length / PIECES);
  for (let from = 0; from < whole.length; from += size) {
    write(whole.subarray(from, from + size));
    await pause(milliseconds);
  }
  end();
}

// A TLS socket cannot send a RST itself; the TCP socket below it can.
const tcpSockets = new Map();

export function watchConnections(server) {
  server.on('connection', (socket) => {
    tcpSockets.set(socket.remotePort, socket);
    socket.on('close', () => tcpSockets.delete(socket.remotePort));
  });
}

function reset(req) {
  tcpSockets.get(req.socket.remotePort)?.resetAndDestroy();
  req.socket.destroy();
}
