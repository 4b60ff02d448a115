// The HTTPS port. It can be closed, with every connection through it, and opened with another certificate.

import https from 'node:https';
import { once } from 'node:events';

export const CLOSED = 'closed';

/** A function that puts the port into a state: CLOSED, or open with the certificate of that name. */
export function makeGate(certificates, listen) {
  let server;
  return async function gate(state) {
    if (server) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      server = undefined;
    }
    if (state === CLOSED) return;
    server = https.createServer(certificates[state]);
    await listen(server);
  };
}
