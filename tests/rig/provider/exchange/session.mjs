// One connection to a port with Exchange Online's manners, and the mail server behind it.

import net from 'node:net';
import tls from 'node:tls';
import { once } from 'node:events';
import { pause, takeFault } from '../faults.mjs';
import { Lines } from './lines.mjs';

const BASE64 = /^[A-Za-z0-9+/]+=*$/;

export class Session {
  /** @param {'imap'|'pop3'|'smtp'} protocol */
  static async open(tcp, { protocol, implicitTls, certificate, behind }) {
    const session = new Session();
    Object.assign(session, { protocol, tcp, certificate, secure: implicitTls });
    session.client = new Lines(implicitTls ? await session.#secured() : tcp);
    const server = net.connect(behind, '127.0.0.1');
    await once(server, 'connect');
    server.setNoDelay();
    session.server = new Lines(server);
    await session.server.line(); // its own greeting
    return session;
  }

  async startTls(goAhead) {
    this.client.say(goAhead);
    this.client.release();
    this.client.use(await this.#secured());
    this.secure = true;
  }

  async #secured() {
    const socket = new tls.TLSSocket(this.tcp, { isServer: true, ...this.certificate });
    await once(socket, 'secure');
    return socket;
  }

  /** Asks the server behind; an XOAUTH2 challenge is ended for the client, to whom Exchange shows none. */
  async authenticateBehind(command, isChallenge, isAnswer) {
    this.server.say(command);
    for (;;) {
      const line = await this.server.line();
      if (line === null || isAnswer(line)) return line ?? '';
      if (isChallenge(line)) this.server.say('');
    }
  }

  /** Lets an ordered fault befall a login. Says whether the login is answered thereby. */
  async faulted(response, tag = '') {
    const user = /user=([^\x01]*)/.exec(Buffer.from(response, 'base64').toString('latin1'))?.[1];
    const fault = takeFault(this.protocol, { user });
    if (!fault) return false;
    if (fault.delay) await pause(fault.delay);
    if (fault.drop === 'hang') await new Promise(() => {});
    if (fault.drop === 'reset') this.tcp.resetAndDestroy();
    if (fault.say) this.client.say(fault.say.replace('%t', tag));
    if (fault.close) this.client.socket.end();
    return Boolean(fault.drop || fault.say);
  }

  /** From here on the bytes go through untouched. */
  splice() {
    const client = this.client.socket;
    const server = this.server.socket;
    server.write(this.client.release());
    client.write(this.server.release());
    client.pipe(server);
    server.pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.end());
  }

  part(...lines) {
    this.client.part(...lines);
    this.server.socket.destroy();
  }
}

export const isBase64 = (text) => BASE64.test(text);
