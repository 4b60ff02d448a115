// The provider of a rig: an Entra-shaped authority, its control door, and the Exchange-mannered mail ports.
//
//   node main.mjs PROVIDER.json
//
// PROVIDER.json holds the ports, the certificate and the settings to start with. One line is printed when all is up.

import './quiet.mjs';
import fs from 'node:fs';
import http from 'node:http';
import { once } from 'node:events';
import { dress } from './clothes.mjs';
import { CONTROL, makeControl } from './control.mjs';
import { TENANT } from './directory.mjs';
import { makeEngine } from './engine.mjs';
import { openExchange } from './exchange/ports.mjs';
import { watchConnections } from './faults.mjs';
import { makeFront } from './front.mjs';
import { makeGate } from './gate.mjs';
import { sendHtml } from './http.mjs';
import { loginPages } from './login.mjs';
import { installClock, settings } from './settings.mjs';

// Milliseconds. Node's default of 5 s would close connections in the pool of a client that is about to use them.
const KEEP_ALIVE = 75_000;

const config = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
Object.assign(settings, config.settings);
installClock();

const certificates = Object.fromEntries(
  Object.entries(config.certificates).map(([name, { key, cert }]) => [
    name,
    { key: fs.readFileSync(key), cert: fs.readFileSync(cert) },
  ]),
);
const origin = `https://localhost:${config.ports.https}`;
const issuer = `${origin}/${TENANT.id}/v2.0`;

const provider = makeEngine(issuer);
dress(provider, { issuer, origin });
const gate = makeGate(certificates, (server) => listen(server, config.ports.https));
const control = makeControl({ provider, issuer, gate });
const front = makeFront({ engine: provider.callback(), login: loginPages(provider), origin });

await gate('open');
await listen(http.createServer(), config.ports.http);
await openExchange({ certificate: certificates.open, ports: config.ports.exchange, behind: config.behind });
console.log(JSON.stringify({ issuer }));

async function listen(server, port) {
  server.keepAliveTimeout = KEEP_ALIVE;
  watchConnections(server);
  server.on('request', async (req, res) => {
    const url = new URL(req.url, origin);
    try {
      await (url.pathname.startsWith(CONTROL) ? control(req, res, url) : front(req, res));
    } catch (err) {
      console.error(err);
      if (!res.headersSent) sendHtml(res, 500, '');
    }
  });
  server.listen(port, '127.0.0.1', 511);
  await once(server, 'listening');
}
