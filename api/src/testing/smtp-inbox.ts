import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string;
  /** Headers and body, with the soft line ends of quoted-printable taken out. */
  source: string;
  /** The first link in it. */
  link: string;
}

/** A mail server that says just enough of SMTP to take mails, on a free port of this machine. */
export class SmtpInbox {
  readonly mails: ReceivedMail[] = [];
  /** What it says to a reader's address: a code of 5xx or 4xx turns the mail away. */
  answerToReader = '250 OK';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      this.#serve(socket);
    });
  }

  /** On `port`, or a free one. */
  static async start(port = 0): Promise<SmtpInbox> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new SmtpInbox(server);
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The inbox is closed.');
    return address.port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${String(this.port)}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    let waiting = '';
    let envelope = { from: '', to: '' };
    let isMessage = false;
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const hear = (line: string): void => {
      if (/^(EHLO|HELO)/i.test(line)) say('250 inbox');
      else if (/^MAIL FROM:/i.test(line)) envelope = { from: addressIn(line), to: '' };
      else if (/^RCPT TO:/i.test(line)) envelope.to = addressIn(line);
      if (/^MAIL FROM:/i.test(line)) say('250 OK');
      else if (/^RCPT TO:/i.test(line)) say(this.answerToReader);
      else if (/^DATA/i.test(line)) {
        isMessage = true;
        say('354 Go on');
      } else if (/^QUIT/i.test(line)) socket.end('221 Bye\r\n');
    };
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text) => {
      waiting += String(text);
      for (;;) {
        const mark = isMessage ? '\r\n.\r\n' : '\r\n';
        const end = waiting.indexOf(mark);
        if (end === -1) return;
        const part = waiting.slice(0, end);
        waiting = waiting.slice(end + mark.length);
        if (!isMessage) hear(part);
        else {
          isMessage = false;
          this.mails.push({ ...envelope, ...readMessage(part) });
          say('250 OK');
        }
      }
    });
    say('220 inbox');
  }
}

/** Reads a mail as it was written, over the wire or into a file. */
export function readMessage(message: string): { source: string; link: string } {
  const source = message.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  return { source, link: /https?:\/\/\S+\/mail\/[\w-]+#[\w.-]+/.exec(source)?.[0] ?? '' };
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
