// "Exchange Online's manners": TLS-ending ports in front of Dovecot and Postfix that greet, list capabilities, take
// XOAUTH2 and refuse as Exchange does, where a client can tell the difference.

import net from 'node:net';
import { once } from 'node:events';
import { imap } from './imap.mjs';
import { pop3 } from './pop3.mjs';
import { Session } from './session.mjs';
import { smtp } from './smtp.mjs';

const PORTS = [
  { name: 'imap', protocol: 'imap', talk: imap },
  { name: 'imaps', protocol: 'imap', talk: imap, implicitTls: true },
  { name: 'pop3', protocol: 'pop3', talk: pop3 },
  { name: 'pop3s', protocol: 'pop3', talk: pop3, implicitTls: true },
  { name: 'smtp', protocol: 'smtp', talk: smtp },
];

/** Opens the ports; `behind` names the plain port of each protocol's server. */
export async function openExchange({ certificate, ports, behind }) {
  for (const { name, protocol, talk, implicitTls = false } of PORTS) {
    const server = net.createServer({ noDelay: true }, async (socket) => {
      socket.on('error', () => {});
      try {
        await talk(await Session.open(socket, { protocol, implicitTls, certificate, behind: behind[protocol] }));
      } catch {
        socket.destroy(); // the client left in the middle, or never spoke TLS
      }
    });
    server.listen(ports[name], '127.0.0.1', 511);
    await once(server, 'listening');
  }
}
