import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { InstallationSecret } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';

const PREFIX = 'sealed.';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Cursors that stand at what their reader may not see: encrypted and authenticated, for one caller. */
export class SealedCursors {
  readonly #key: Buffer;
  /** While the secret's rotation overlaps. */
  readonly #previous: Buffer | undefined;

  constructor({ value, previous }: InstallationSecret, principal: string) {
    const keyOf = (secret: Uint8Array): Buffer => createHmac('sha256', secret).update(`cursors\0${principal}`).digest();
    this.#key = keyOf(value);
    this.#previous = previous === null ? undefined : keyOf(previous);
  }

  /** The same cursor always seals to the same text: the nonce is a keyed digest of what is sealed (RFC 8452's idea). */
  seal(cursor: string): string {
    const iv = createHmac('sha256', this.#key).update(cursor).digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(padded(cursor), 'utf8'), cipher.final()]);
    return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** What was sealed; another text as it is. INVALID_INPUT for what somebody else's key sealed, or nobody's. */
  open(cursor: string): string {
    if (!cursor.startsWith(PREFIX)) return cursor;
    const bytes = Buffer.from(cursor.slice(PREFIX.length), 'base64url');
    const opened = openedWith(this.#key, bytes) ?? (this.#previous && openedWith(this.#previous, bytes));
    if (opened !== undefined) return opened;
    // Forged, foreign or of a secret that is over: which of these is nobody's business.
    throw new HeadwaterError('INVALID_INPUT', '`after` is not a cursor of this list: pass an endCursor it returned', {
      reason: 'CURSOR',
    });
  }
}

function openedWith(key: Buffer, bytes: Buffer): string | undefined {
  try {
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    return opened.trimEnd();
  } catch {
    // The tag does not fit, or the text is too short to have one.
    return undefined;
  }
}

/** To whole lengths, so that a name's length is not told; no cursor ends in a space. */
function padded(cursor: string): string {
  return cursor.padEnd(Math.ceil((cursor.length + 1) / 256) * 256, ' ');
}
