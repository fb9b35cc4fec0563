import type { MailKind, MailLanguage } from './mail-request.ts';

/** The words of one mail. */
interface MailText {
  subject: string;
  /** Why the mail is there, and for how long its link works. */
  explain: string;
  /** What is done on the page that the link opens. */
  action: string;
}

interface MailTexts extends Record<MailKind, MailText> {
  /** For whoever has not asked for the mail. */
  ignore: string;
}

export const mailTexts: Readonly<Record<MailLanguage, MailTexts>> = {
  en: {
    'sign-in': {
      subject: 'Your link to Trolley',
      explain:
        'Open this link on the phone or computer where you want your lists. It works once, in the next half an hour.',
      action: 'Open my lists',
    },
    'reset-password': {
      subject: 'A new password for Trolley',
      explain: 'With this link you choose a new password. It works once, in the next hour.',
      action: 'Choose a new password',
    },
    'verify-address': {
      subject: 'Is this your address?',
      explain: 'Confirm it, and your lists can always be reached by it. The link works for a day.',
      action: 'Yes, this is my address',
    },
    ignore: 'You have not asked for this? Then do nothing: nothing happens without the link.',
  },
  de: {
    'sign-in': {
      subject: 'Dein Link zu Trolley',
      explain:
        'Öffne diesen Link auf dem Handy oder Computer, auf dem du deine Listen haben willst. Er gilt einmal, in der nächsten halben Stunde.',
      action: 'Meine Listen öffnen',
    },
    'reset-password': {
      subject: 'Ein neues Passwort für Trolley',
      explain: 'Mit diesem Link wählst du ein neues Passwort. Er gilt einmal, in der nächsten Stunde.',
      action: 'Neues Passwort wählen',
    },
    'verify-address': {
      subject: 'Ist das deine Adresse?',
      explain: 'Bestätige sie, dann kommst du damit immer an deine Listen. Der Link gilt einen Tag.',
      action: 'Ja, das ist meine Adresse',
    },
    ignore: 'Du hast nicht darum gebeten? Dann tu nichts: Ohne den Link geschieht nichts.',
  },
  fr: {
    'sign-in': {
      subject: 'Ton lien vers Trolley',
      explain:
        'Ouvre ce lien sur le téléphone ou l’ordinateur où tu veux tes listes. Il fonctionne une fois, pendant une demi-heure.',
      action: 'Ouvrir mes listes',
    },
    'reset-password': {
      subject: 'Un nouveau mot de passe pour Trolley',
      explain: 'Ce lien te permet de choisir un nouveau mot de passe. Il fonctionne une fois, pendant une heure.',
      action: 'Choisir un nouveau mot de passe',
    },
    'verify-address': {
      subject: 'Est-ce bien ton adresse ?',
      explain: 'Confirme-la, et tu retrouveras toujours tes listes. Le lien fonctionne pendant un jour.',
      action: 'Oui, c’est mon adresse',
    },
    ignore: 'Tu n’as rien demandé ? Alors ne fais rien : sans le lien, rien ne se passe.',
  },
  es: {
    'sign-in': {
      subject: 'Tu enlace a Trolley',
      explain:
        'Abre este enlace en el teléfono u ordenador donde quieras tus listas. Funciona una vez, durante media hora.',
      action: 'Abrir mis listas',
    },
    'reset-password': {
      subject: 'Una contraseña nueva para Trolley',
      explain: 'Con este enlace eliges una contraseña nueva. Funciona una vez, durante una hora.',
      action: 'Elegir una contraseña nueva',
    },
    'verify-address': {
      subject: '¿Es esta tu dirección?',
      explain: 'Confírmala y siempre podrás llegar a tus listas con ella. El enlace funciona durante un día.',
      action: 'Sí, es mi dirección',
    },
    ignore: '¿No lo has pedido tú? Entonces no hagas nada: sin el enlace no pasa nada.',
  },
  ar: {
    'sign-in': {
      subject: 'رابطك إلى Trolley',
      explain: 'افتح هذا الرابط على الهاتف أو الحاسوب الذي تريد قوائمك عليه. يعمل مرة واحدة خلال نصف ساعة.',
      action: 'افتح قوائمي',
    },
    'reset-password': {
      subject: 'كلمة مرور جديدة لـ Trolley',
      explain: 'بهذا الرابط تختار كلمة مرور جديدة. يعمل مرة واحدة خلال ساعة.',
      action: 'اختر كلمة مرور جديدة',
    },
    'verify-address': {
      subject: 'هل هذا عنوانك؟',
      explain: 'أكّده، وستصل به إلى قوائمك دائمًا. يعمل الرابط لمدة يوم.',
      action: 'نعم، هذا عنواني',
    },
    ignore: 'لم تطلب ذلك؟ إذن لا تفعل شيئًا: لا يحدث شيء من دون الرابط.',
  },
};
