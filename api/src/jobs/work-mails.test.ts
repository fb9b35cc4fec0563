import { randomBytes } from 'node:crypto';
import { FakeClock } from '@trolley/shared/testing';
import { expect, it } from 'vitest';
import { composeMail } from '../mail/compose-mail.ts';
import { createMailer } from '../mail/create-mailer.ts';
import type { MailRequest } from '../mail/mail-request.ts';
import { JobHarness } from '../testing/job-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { SmtpInbox } from '../testing/smtp-inbox.ts';
import { readDeadJobs } from './dead-jobs.ts';

const soon = { timeout: 20_000 };
const origin = 'https://trolley.example';
const request: MailRequest = { kind: 'sign-in', email: 'ruth@example.org', language: 'ar', origin };

it('S60 a mail leaves when the mail server is back, with a link that is made then', { timeout: 60_000 }, async () => {
  const harness = await JobHarness.start(null);
  const first = await SmtpInbox.start();
  const { port, url } = first;
  await first.close();
  const clock = new FakeClock();
  const parts = { publicUrl: origin, dataDir: '', clock, randomBytes, logger: recordLog().logger };
  const send = createMailer({ ...parts, mail: { smtpUrl: url, from: 'Us <us@example.org>' } });
  let links = 0;
  const sendMail = (wanted: MailRequest): Promise<void> => {
    links += 1;
    return send(composeMail(wanted, `${origin}/mail/sign-in#link-${String(links)}`));
  };
  const jobs = await harness.startProcess({ sendMail, clock });
  await jobs.queueMail(request);
  await expect.poll(() => harness.lines.join(''), soon).toContain('a mail could not leave');
  const inbox = await SmtpInbox.start(port);
  const mailsAfterAMinute = async () => {
    await clock.advance(60_000);
    return inbox.mails;
  };
  await expect.poll(mailsAfterAMinute, soon).toHaveLength(1);
  expect(inbox.mails[0]).toMatchObject({
    from: 'us@example.org',
    to: 'ruth@example.org',
  });
  expect(inbox.mails[0]?.source).toContain('Content-Type: multipart/alternative');
  expect(links).toBe(2);
  await harness.dispose();
  await inbox.close();
});

it('S60, S44 a mail that never leaves is kept, and where it was to go', { timeout: 60_000 }, async () => {
  const harness = await JobHarness.start(null);
  const clock = new FakeClock();
  const sendMail = (): Promise<void> => Promise.reject(new Error('no such server'));
  const jobs = await harness.startProcess({ sendMail, clock, timings: { retryLimit: 0 } });
  await jobs.queueMail(request);
  const dead = () => harness.visit(readDeadJobs);
  await expect
    .poll(dead, soon)
    .toMatchObject([{ queue: 'send-mail', data: request, error: { message: 'no such server' } }]);
  await harness.dispose();
});
