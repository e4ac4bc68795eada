import type { Micros } from '../time.js';

/** What somebody asked for under a key, and the edits that it came to. */
export interface KeptRequest {
  /** Of the caller and the key. */
  readonly id: string;
  /** Tells the request from any other under the same key. */
  readonly digest: string;
  /** The bytes of its edits as they go into the log: the same bytes are the same event. */
  readonly edits: readonly Uint8Array[];
  /** What else it is answered with, as JSON can hold it. */
  readonly told: unknown;
}

/** Requests of edits by the keys of their callers. Every method throws UNAVAILABLE when the store is away. */
export interface EditRequestStore {
  find(id: string): Promise<KeptRequest | null>;
  /** Durable when it resolves, with what is kept under the id: this request, or the one that came first. */
  keep(request: KeptRequest, at: Micros): Promise<KeptRequest>;
  /** Forgets what was kept before then. */
  sweep(before: Micros): Promise<void>;
}
