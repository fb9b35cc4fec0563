import { expect, it } from 'vitest';
import { composeMail } from './compose-mail.ts';
import { mailKinds, mailLanguages } from './mail-request.ts';
import { mailTexts } from './mail-texts.ts';

const origin = 'https://trolley.example';
const link = `${origin}/mail/sign-in#abc`;

it.each(mailLanguages)('S61 each mail is written in %s, as text and as HTML', (language) => {
  const mails = mailKinds.map((kind) => composeMail({ kind, email: 'a@example.org', language, origin }, link));
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(mailKinds.length);
  for (const { text, html, subject } of mails) {
    expect(text).toContain(link);
    expect(html).toContain(`href="${link}"`);
    expect(html).toContain(`lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
    expect(text.concat(subject)).not.toMatch(/undefined|[<>]/);
    if (language !== 'en') expect(Object.values(mailTexts.en).map(String)).not.toContain(subject);
  }
});

it('S61 what stands in a link cannot become markup', () => {
  const { html } = composeMail({ kind: 'sign-in', email: 'a@example.org', language: 'en', origin }, `${link}"><b>&`);
  expect(html).not.toContain('<b>');
  expect(html).toContain('&quot;>&lt;b>&amp;');
});
