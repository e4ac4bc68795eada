import type { IncomingHttpHeaders } from 'node:http';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The catalog's pages keep a choice that somebody makes there in this cookie. */
const CHOSEN = /(?:^|;)\s*headwater-language=(en|de)\s*(?:;|$)/;
const WANTED = /^([a-z]{1,8})(?:-[a-z\d-]*)?(?:\s*;\s*q=([\d.]{1,5}))?$/i;

/** The language chosen in the catalog's pages, else what the browser prefers (RFC 9110 §12.5.4), else English. */
export function languageOf(headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>): Language {
  const chosen = CHOSEN.exec(headers.cookie ?? '')?.[1];
  if (chosen !== undefined) return known(chosen) ?? 'en';
  let best: { readonly language: Language; readonly quality: number } = { language: 'en', quality: 0 };
  for (const part of (headers['accept-language'] ?? '').split(',')) {
    const [, name = '', weight = '1'] = WANTED.exec(part.trim()) ?? [];
    const language = known(name.toLowerCase());
    if (language !== undefined && Number(weight) > best.quality) best = { language, quality: Number(weight) };
  }
  return best.language;
}

function known(name: string): Language | undefined {
  return LANGUAGES.find((language) => language === name);
}
