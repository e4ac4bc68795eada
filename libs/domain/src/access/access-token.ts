import { hash, timingSafeEqual } from 'node:crypto';

const FORMAT = /^hw_([0-9a-z]{12})_([A-Za-z0-9_-]{43})$/;

/** The two halves of `hw_<id>_<secret>`: 12 characters that may be shown, and 256 random bits that may not. */
export interface TokenText {
  readonly id: string;
  readonly secret: string;
}

export function parseToken(text: string): TokenText | undefined {
  const match = FORMAT.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { id: match[1], secret: match[2] };
}

/** Whether text can be the id of a token at all. */
export function isTokenId(text: string): boolean {
  return /^[0-9a-z]{12}$/.test(text);
}

export function formatToken({ id, secret }: TokenText): string {
  return `hw_${id}_${secret}`;
}

/** Whether text is meant as a token of ours, right or wrong. */
export function looksLikeToken(text: string): boolean {
  return text.startsWith('hw_');
}

/** What is stored of a secret. It has 256 random bits, so that one SHA-256 is as good as a slow hash would be. */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** In a time that does not depend on where they differ. */
export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
