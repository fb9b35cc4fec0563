/** The languages of the app, in the order in which they are offered. Their texts are in `messages/`. */
export const languages = ['en', 'de', 'fr', 'es', 'ar'] as const;

export type Language = (typeof languages)[number];

/** What is shown to whoever speaks none of the others; the start page is prerendered in it. */
export const baseLanguage = 'en' satisfies Language;

/** The language of a code such as `de`; the base language for any other. */
export function toLanguage(code: string): Language {
  return languages.find((language) => language === code) ?? baseLanguage;
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
