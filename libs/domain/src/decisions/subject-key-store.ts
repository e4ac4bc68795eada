/** A key of a subject as it is kept. */
export interface KeptSubjectKey {
  /** A random UUID, which says nothing about the subject. */
  readonly id: string;
  /** Encrypted under the installation's own; null once it was destroyed. */
  readonly wrapped: Uint8Array | null;
}

/** A subject whose key is wanted, with the key that it gets where it has none. */
export interface WantedSubjectKey {
  /** HMAC of what identifies the subject: equal for one subject, and of no use without its key. 32 bytes. */
  readonly blindIndex: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** The keys that personal parts of events are encrypted under, one a subject. Never rebuilt from the log. */
export interface SubjectKeyStore {
  /** The key of each subject, in the order given. Durable when it resolves; whoever comes first decides. Throws UNAVAILABLE. */
  ensure(wanted: readonly WantedSubjectKey[]): Promise<readonly KeptSubjectKey[]>;
  /** The id of a subject's key; null where it has none. */
  find(blindIndex: Uint8Array): Promise<string | null>;
  /** Keys by id; unknown ids are absent. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, KeptSubjectKey>>;
}
