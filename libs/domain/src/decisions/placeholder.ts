const PATTERN = /^sealed:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([A-Za-z0-9_-]{43})$/;

/** What the log has in place of a personal part: JSON text of a string. */
export interface Placeholder {
  /** The key that the part is encrypted under. */
  readonly keyId: string;
  /** HMAC-SHA-256 of the part's RFC 8785 form under that key, base64url: equal parts of one subject have the same. */
  readonly digest: string;
}

export function placeholderText({ keyId, digest }: Placeholder): string {
  return `sealed:${keyId}:${digest}`;
}

/** Undefined for anything else. */
export function readPlaceholder(value: unknown): Placeholder | undefined {
  const [, keyId, digest] = (typeof value === 'string' && PATTERN.exec(value)) || [];
  return keyId === undefined || digest === undefined ? undefined : { keyId, digest };
}
