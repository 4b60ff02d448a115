// Asks Signet, over its local endpoint. Linux and macOS; on Windows SIGNET_SOCKET is to name the pipe.

import { execFileSync } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';

/** Signet's word, in the person's language. `kind` says whose turn it is: sign_in, admin, configuration, transient, user_choice. */
export class Refused extends Error {
  constructor({ message, data }) {
    super(message);
    this.kind = data?.kind ?? 'configuration';
  }
}

/** Where the agent listens, which cron and services do not tell: docs/protocol.md, "Where it is". */
function address() {
  if (process.env.SIGNET_SOCKET) return process.env.SIGNET_SOCKET;
  const runtime =
    process.platform === 'darwin'
      ? execFileSync('getconf', ['DARWIN_USER_TEMP_DIR'], { encoding: 'utf8' }).trim()
      : process.env.XDG_RUNTIME_DIR || `/run/user/${process.getuid()}`;
  return path.join(runtime, 'signet', 'agent.sock');
}

const unheard = (error) =>
  ['ENOENT', 'ECONNREFUSED'].includes(error.code)
    ? new Error(`Signet is not running: nobody listens at ${address()}. Start it with: signet agent`)
    : error;

export function ask(method, params) {
  return new Promise((resolve, reject) => {
    const agent = net.connect(address());
    agent.on('close', () => reject(new Error('no answer')));
    const lines = readline.createInterface({ input: agent });
    lines.on('error', (error) => reject(unheard(error)));
    lines.once('line', (line) => {
      agent.destroy();
      const { result, error } = JSON.parse(line);
      if (error) reject(new Refused(error));
      else resolve(result);
    });
    agent.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
  });
}

/** Runs a component; what stops it is said, and whose turn it is where Signet refuses. */
export async function run(component) {
  try {
    await component(...process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Refused ? `${error.message} (${error.kind})` : error.message);
    process.exitCode = 1;
  }
}
