/** Leaves of a message catalog: texts, with `{{name}}` for what is put in and `_one`/`_other` for numbers. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

/** The same keys with other texts. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

/** One area's texts in every language; a key that a language lacks does not compile. */
export function inLanguages<const T extends Messages>(en: T, de: Translated<T>): { en: T; de: Translated<T> } {
  return { en, de };
}
