import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { KeptSubjectKey, SubjectKeyStore } from '@headwater/domain/decisions/subject-key-store';
import { HeadwaterError } from '@headwater/domain/errors';
import type { IdSource } from '@headwater/domain/ports';
import type { InstallationSecrets } from '../access/installation-secrets.js';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A subject's key as it is used: one half encrypts, the other makes digests of what is encrypted. */
export interface SubjectKey {
  readonly id: string;
  readonly encrypting: Uint8Array;
  readonly digesting: Uint8Array;
}

export interface PersonalKeysParts {
  readonly store: SubjectKeyStore;
  readonly secrets: Pick<InstallationSecrets, 'of'>;
  readonly ids: Pick<IdSource, 'bytes'>;
}

/** The keys of subjects, each wrapped (AES-256-GCM) under the secret `personal-data` of the installation. */
export class PersonalKeys {
  constructor(private readonly parts: PersonalKeysParts) {}

  /** The keys of subjects by {@link subjectIdentity}; made where they have none. Throws UNAVAILABLE. */
  async ensure(identities: Iterable<string>): Promise<ReadonlyMap<string, SubjectKey>> {
    const wanted = [...new Set(identities)];
    if (wanted.length === 0) return new Map();
    const secret = await this.#secret();
    const { ids, store } = this.parts;
    const kept = await store.ensure(
      wanted.map((identity) => ({
        blindIndex: blindIndex(secret, identity),
        wrapped: wrap(secret, ids.bytes(KEY_BYTES), ids.bytes(IV_BYTES)),
      })),
    );
    return new Map(
      wanted.map((identity, index) => {
        const key = unwrap(secret, kept[index]);
        // Nothing personal is stored where it could not be read again.
        if (key === undefined) throw new HeadwaterError('UNAVAILABLE', 'The key of a subject cannot be unwrapped');
        return [identity, key];
      }),
    );
  }

  /** Under which key the parts of a subject are, by {@link subjectIdentity}; null where it has none. */
  async find(identity: string): Promise<string | null> {
    return this.parts.store.find(blindIndex(await this.#secret(), identity));
  }

  /** Keys by id; those that were destroyed, or wrapped under another secret, are absent. */
  async read(ids: Iterable<string>): Promise<ReadonlyMap<string, SubjectKey>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const secret = await this.#secret();
    const kept = await this.parts.store.read(wanted);
    return new Map(
      [...kept.values()].flatMap((one) => {
        const key = unwrap(secret, one);
        return key === undefined ? [] : [[key.id, key] as const];
      }),
    );
  }

  async #secret(): Promise<Uint8Array> {
    return (await this.parts.secrets.of('personal-data')).value;
  }
}

function derived(secret: Uint8Array, use: string): Buffer {
  return createHmac('sha256', secret).update(use).digest();
}

function blindIndex(secret: Uint8Array, identity: string): Uint8Array {
  return createHmac('sha256', derived(secret, 'blind index')).update(identity).digest();
}

function wrap(secret: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  return encrypt(derived(secret, 'subject keys'), iv, key);
}

function unwrap(secret: Uint8Array, kept: KeptSubjectKey | undefined): SubjectKey | undefined {
  if (kept?.wrapped == null) return undefined;
  const key = decrypt(derived(secret, 'subject keys'), kept.wrapped);
  if (key === undefined) return undefined;
  return { id: kept.id, encrypting: derived(key, 'encrypt'), digesting: derived(key, 'digest') };
}

/** iv, tag and ciphertext. */
export function encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(ALGORITHM, key, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Undefined for what another key encrypted, or nobody's. */
export function decrypt(key: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    // The tag does not fit, or the bytes are too few to have one.
    return undefined;
  }
}

/** A nonce that follows from what is sealed (RFC 8452's idea): the same part gives the same bytes, whoever resends it. */
export function nonceOf({ digesting }: SubjectKey, plain: Uint8Array): Uint8Array {
  return createHmac('sha256', digesting).update('nonce\0').update(plain).digest().subarray(0, IV_BYTES);
}
