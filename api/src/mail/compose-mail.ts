import type { MailRequest } from './mail-request.ts';
import { mailTexts } from './mail-texts.ts';

/** A mail as the transport takes it. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The mail to a reader, in their language: plain text, and the same as simple HTML, from right to left where they read so. */
export function composeMail({ email, kind, language }: MailRequest, link: string): Mail {
  const { ignore } = mailTexts[language];
  const { subject, explain, action } = mailTexts[language][kind];
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return {
    to: email,
    subject,
    text: [explain, `${action}:\n${link}`, ignore, 'Trolley'].join('\n\n'),
    html: [
      `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">`,
      `<title>${escape(subject)}</title></head>`,
      '<body style="margin:0;padding:24px;background:#faf8f3;color:#1d211f;font:16px/1.5 system-ui,sans-serif">',
      `<div dir="${direction}" style="max-width:480px;margin:auto"><p>${escape(explain)}</p>`,
      `<p><a href="${escape(link)}" style="display:inline-block;padding:12px 20px;border-radius:14px;`,
      `background:#1f7a4d;color:#ffffff;font-weight:600;text-decoration:none">${escape(action)}</a></p>`,
      `<p dir="ltr" style="font-size:13px;word-break:break-all">${escape(link)}</p>`,
      `<p style="color:#5c635f">${escape(ignore)}</p></div></body></html>`,
    ].join('\n'),
  };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
