import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { access } from './messages/access.js';
import { general } from './messages/general.js';
import { home } from './messages/home.js';
import { refusals } from './messages/refusals.js';
import { saved } from './messages/saved.js';
import { shell } from './messages/shell.js';

/** What every page needs; pages that are loaded on demand bring their own area. */
const AREAS = { access, general, home, refusals, saved, shell };

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A cookie, since the pages before these (sign-in) have no script that could read anything else. */
const COOKIE = 'headwater-language';
const CHOSEN = new RegExp(`(?:^|;\\s*)${COOKIE}=([a-z]{2})`);
const YEAR_S = 365 * 24 * 3_600;

/** Brings in the texts of a page that is loaded on demand; called once, beside its definition. */
export function addMessages(area: string, messages: { readonly en: object; readonly de: object }): void {
  for (const language of LANGUAGES) i18next.addResourceBundle(language, area, messages[language]);
}

/** The language chosen here before, else the browser's, else English. */
function preferred(): Language {
  const wanted = [CHOSEN.exec(document.cookie)?.[1], ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return LANGUAGES.find((language) => language === wanted.find((tag) => LANGUAGES.includes(tag as Language))) ?? 'en';
}

export async function startI18n(): Promise<void> {
  const inLanguage = (language: Language) =>
    Object.fromEntries(Object.entries(AREAS).map(([area, messages]) => [area, messages[language]]));
  await i18next.use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: 'en',
    defaultNS: 'general',
    resources: { en: inLanguage('en'), de: inLanguage('de') },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${String(YEAR_S)}; SameSite=Lax${secure}`;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
