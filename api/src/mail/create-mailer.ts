import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailSettings } from '@trolley/shared/process';
import type { Clock, RandomBytes } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Mail } from './compose-mail.ts';

export interface MailerOptions {
  mail: MailSettings;
  publicUrl: string | null;
  /** Folder of the installation, in which mails are kept where no server takes them. */
  dataDir: string;
  clock: Clock;
  randomBytes: RandomBytes;
  logger: Logger;
}

/** Resolves when somebody else has the mail: the mail server, or the disk. */
export type SendMail = (mail: Mail) => Promise<void>;

/** A server that says nothing for so long is not there. */
const patienceMs = 20_000;

/** Sends mails by the server of the settings. Without one each mail becomes a file, which the log names: whoever reads the files has the links. */
export function createMailer({ mail: { smtpUrl, from }, ...options }: MailerOptions): SendMail {
  const sender = from ?? `Trolley <trolley@${new URL(options.publicUrl ?? 'http://localhost').hostname}>`;
  if (smtpUrl === null) return createMailFolder(sender, options);
  const timeouts = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  const transport = createTransport({ url: smtpUrl, ...timeouts }, { from: sender });
  return async (mail) => {
    await transport.sendMail(mail);
  };
}

function createMailFolder(
  from: string,
  options: Pick<MailerOptions, 'dataDir' | 'clock' | 'randomBytes' | 'logger'>,
): SendMail {
  const { dataDir, clock, randomBytes, logger } = options;
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from });
  const folder = join(dataDir, 'mail');
  return async (mail) => {
    const { message } = await transport.sendMail(mail);
    if (!Buffer.isBuffer(message)) throw new TypeError('The mail was not written into a buffer.');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date(clock.nowMs()).toISOString().replaceAll(':', '-');
    const file = join(folder, `${time}-${Buffer.from(randomBytes(4)).toString('hex')}.eml`);
    await writeFile(file, message, { flag: 'wx', mode: 0o600 });
    logger.info({ file }, 'a mail was kept as a file, because SMTP_URL names no server');
  };
}
