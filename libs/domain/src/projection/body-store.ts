import { edgeSetOf, type EdgeSet } from './edge-set.js';
import type { Bodies, Contribution, SlotBody } from './contribution.js';
import { contentHash } from './canonical-json.js';
import type { NodeId } from '../identifiers.js';
import type { ProjectionSource } from './projection-source.js';
import type { LineageSlot, TimelineStatement } from './statements.js';
import type { TimelineValue } from './timeline.js';

const BODIES_KEPT = 20_000;
const EDGE_SETS_KEPT = 4_000;

/** Bodies by content hash and the edge sets that follow from them: remembered within bounds, loaded where missing. */
export class BodyStore implements Bodies {
  readonly #bodies = new Map<string, unknown>();
  readonly #edgeSets = new Map<string, EdgeSet>();
  /** Of bodies that come up again as the same object. */
  readonly #hashes = new WeakMap<object, string>();
  #fresh = new Map<string, unknown>();

  /** Keeps a body and returns its hash. Bodies are written with the batch; the same body again is no work. */
  keep(body: unknown): string {
    const hash = contentHash(body);
    if (!this.#bodies.has(hash)) {
      this.#bodies.set(hash, body);
      this.#fresh.set(hash, body);
    }
    return hash;
  }

  /** Keeps what a slot says, without its place and producer. */
  keepSlot(slot: LineageSlot): string {
    const { statements, jobStatements, control } = slot;
    return this.#keepOnce(slot, { statements, jobStatements, control } satisfies SlotBody);
  }

  /** Keeps the value that a statement gives to its timeline. */
  keepValue({ facts, fields }: TimelineStatement): string {
    const value: TimelineValue = { facts, fields };
    return fields === null || facts.length > 0 ? this.keep(value) : this.#keepOnce(fields, value);
  }

  /** {@link keep} of a body that `source` alone decides. */
  #keepOnce(source: object, body: unknown): string {
    const known = this.#hashes.get(source);
    if (known !== undefined && this.#bodies.has(known)) return known;
    const hash = this.keep(body);
    this.#hashes.set(source, hash);
    return hash;
  }

  slot(hash: string): SlotBody {
    return this.get(hash) as SlotBody;
  }

  contribution(hash: string): Contribution {
    return this.get(hash) as Contribution;
  }

  get(hash: string): unknown {
    const body = this.#bodies.get(hash);
    if (body === undefined) throw new Error(`projection: body ${hash} is not loaded`);
    return body;
  }

  has(hash: string): boolean {
    return this.#bodies.has(hash);
  }

  /** Loads contributions with the slot bodies that they name. */
  async loadContributions(hashes: readonly string[], source: ProjectionSource): Promise<void> {
    await this.load(hashes, source);
    await this.load(
      hashes.flatMap((hash) => this.contribution(hash).slots.map(([, body]) => body)),
      source,
    );
  }

  async load(hashes: readonly string[], source: ProjectionSource): Promise<void> {
    const missing = [...new Set(hashes)].filter((hash) => !this.#bodies.has(hash));
    if (missing.length === 0) return;
    for (const [hash, body] of await source.bodies(missing)) this.#bodies.set(hash, body);
  }

  edgeSet(job: NodeId | null, contribution: string): EdgeSet {
    const key = `${job ?? ''}|${contribution}`;
    const known = this.#edgeSets.get(key);
    if (known !== undefined) return known;
    const set = edgeSetOf(job, this.contribution(contribution), this);
    if (this.#edgeSets.size >= EDGE_SETS_KEPT) this.#edgeSets.clear();
    this.#edgeSets.set(key, set);
    return set;
  }

  /** What the batch has to write. */
  takeFresh(): ReadonlyMap<string, unknown> {
    const fresh = this.#fresh;
    this.#fresh = new Map();
    return fresh;
  }

  /** Between batches only: forgets when too much is held. */
  trim(): void {
    if (this.#bodies.size > BODIES_KEPT) this.#bodies.clear();
  }
}
