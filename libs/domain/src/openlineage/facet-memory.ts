import { hash } from 'node:crypto';

/** A parsed facet; nobody changes it. */
export type FacetBody = Readonly<Record<string, unknown>>;

const LARGEST = 256 * 1024;

/**
 * Facets that were read before, by the hash of their bytes: jobs send the same schemas and column lineage at every run.
 * Who reads the same bytes again gets the same object, and with it all that was worked out from it.
 */
export class FacetMemory {
  readonly #limit: number;
  readonly #smallest: number;
  #young = new Map<string, FacetBody>();
  #old = new Map<string, FacetBody>();
  #youngBytes = 0;

  /** `limit`: bytes of JSON in all; a parsed facet takes about four times its JSON. `smallest`: bytes of one facet. */
  constructor({ limit = 8 * 1024 * 1024, smallest = 500 } = {}) {
    this.#limit = limit;
    this.#smallest = smallest;
  }

  /** Whether an event of so many bytes is worth looking for facets in: that costs as much as parsing a small one. */
  isWorthLooking(eventBytes: number): boolean {
    return eventBytes >= this.#smallest * 4;
  }

  /** The key of a facet's bytes; undefined for those that are not worth remembering, or too large. */
  keyOf(bytes: Uint8Array): string | undefined {
    return bytes.length < this.#smallest || bytes.length > LARGEST ? undefined : hash('sha256', bytes, 'base64');
  }

  get(key: string, size: number): FacetBody | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.keep(key, size, old);
    return old;
  }

  /** Those that were not asked for in a while are forgotten first. */
  keep(key: string, size: number, body: FacetBody): void {
    if (this.#youngBytes + size > this.#limit / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(key, body);
    this.#youngBytes += size;
  }
}
