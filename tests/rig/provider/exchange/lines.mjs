// Reads lines from a socket that may be exchanged for its TLS self, and gives the socket away in the end.

export class Lines {
  #buffer = Buffer.alloc(0);
  #waiting = null;
  #closed = false;
  #onData = (chunk) => {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    this.#deliver();
  };
  #onClose = () => {
    this.#closed = true;
    this.#deliver();
  };

  constructor(socket) {
    this.use(socket);
  }

  use(socket) {
    this.socket = socket;
    socket.on('data', this.#onData);
    socket.on('close', this.#onClose);
    socket.on('error', () => {});
  }

  /** Stops reading, and gives back what was read too far. */
  release() {
    this.socket.off('data', this.#onData);
    this.socket.off('close', this.#onClose);
    const rest = this.#buffer;
    this.#buffer = Buffer.alloc(0);
    return rest;
  }

  /** The next line without its end; null once the other side is gone. */
  line() {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#deliver();
    });
  }

  say(...lines) {
    if (this.socket.destroyed) return;
    this.socket.write(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
  }

  /** Says a last word and hangs up. */
  part(...lines) {
    this.say(...lines);
    this.socket.end();
  }

  #deliver() {
    if (!this.#waiting) return;
    const end = this.#buffer.indexOf('\n');
    if (end < 0 && !this.#closed) return;
    const resolve = this.#waiting;
    this.#waiting = null;
    if (end < 0) {
      resolve(null);
      return;
    }
    const line = this.#buffer.subarray(0, end).toString('latin1').replace(/\r$/, '');
    this.#buffer = this.#buffer.subarray(end + 1);
    resolve(line);
  }
}
