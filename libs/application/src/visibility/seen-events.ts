import { redact, thingsNamedIn } from '@headwater/domain/access/named-things';
import type { FacetRow } from '@headwater/domain/catalog';
import type { StoredEvent } from '@headwater/domain/events';
import { readAssetEdit } from '@headwater/domain/governance/asset-edit';
import { jsonSliceAt } from '@headwater/domain/json-slice';
import { FindingList } from '@headwater/domain/openlineage/findings';
import { parseJson } from '@headwater/domain/openlineage/json-text';
import type { EventLog } from '@headwater/domain/ports';
import type { SeenNodes } from './seen-nodes.js';

/** The log as resolvers read it. */
export interface LogView {
  /** The events at these positions; those that are not there, or not to be seen, are left out. */
  read(positions: readonly number[]): Promise<readonly StoredEvent[]>;
  /** Each facet as it was received; what the catalog keeps of it where its event is gone. */
  facetTexts(facets: readonly FacetRow[]): Promise<readonly string[]>;
}

/** The whole log. */
export class FullLogView implements LogView {
  constructor(private readonly log: Pick<EventLog, 'read'>) {}

  read(positions: readonly number[]): Promise<readonly StoredEvent[]> {
    return this.log.read(positions);
  }

  async facetTexts(facets: readonly FacetRow[]): Promise<readonly string[]> {
    const events = await this.log.read([...new Set(facets.map(({ position }) => position))]);
    const texts = new Map(events.map(({ position, bytes }) => [position, bytes]));
    return facets.map(({ position, pointer, body }) => {
      const bytes = texts.get(position);
      // An event that retention removed leaves the parsed facet, which is all that is kept of it then.
      return (bytes && jsonSliceAt(new TextDecoder().decode(bytes), pointer)) ?? JSON.stringify(body);
    });
  }
}

/** Events are read in such portions, since one may have 32 MiB. */
const PORTION = 50;

/**
 * Events that name nothing hidden, wherever in them: job, inputs, outputs, parents, symlinks, sources of columns. Edits
 * are about the whole catalog and are not seen.
 */
export class SeenEvents implements LogView {
  readonly #full: FullLogView;

  constructor(
    private readonly log: Pick<EventLog, 'read'>,
    private readonly nodes: SeenNodes,
  ) {
    this.#full = new FullLogView(log);
  }

  async read(positions: readonly number[]): Promise<readonly StoredEvent[]> {
    const seen: StoredEvent[] = [];
    await this.#each(positions, (event) => void seen.push(event));
    return seen;
  }

  /** Those of the positions whose events may be seen. */
  async of(positions: readonly number[]): Promise<ReadonlySet<number>> {
    const seen = new Set<number>();
    await this.#each([...new Set(positions)], ({ position }) => void seen.add(position));
    return seen;
  }

  async facetTexts(facets: readonly FacetRow[]): Promise<readonly string[]> {
    const texts = await this.#full.facetTexts(facets);
    const parsed = texts.map((text) => parseJson(new TextEncoder().encode(text), new FindingList()));
    const values = parsed.map((document) => (document.ok ? document.value : null));
    const shown = await this.redacted(values);
    return texts.map((text, index) =>
      parsed[index]?.ok === true && shown[index] === values[index] ? text : JSON.stringify(shown[index]),
    );
  }

  /** Each document without the names of what is hidden; the same one where it has none. */
  async redacted<T>(documents: readonly T[]): Promise<readonly T[]> {
    const hides = await this.nodes.hiding(documents.flatMap(thingsNamedIn));
    return documents.map((document) => redact(document, hides));
  }

  async #each(positions: readonly number[], visit: (event: StoredEvent) => void): Promise<void> {
    for (let start = 0; start < positions.length; start += PORTION) {
      const events = await this.log.read(positions.slice(start, start + PORTION));
      const named = events.map(({ bytes, kind }) => {
        if (kind === 'ACCESS' || kind === 'DECISION' || (kind === 'EDIT' && readAssetEdit(bytes) === undefined))
          return undefined;
        const document = parseJson(bytes, new FindingList());
        return document.ok ? thingsNamedIn(document.value) : undefined;
      });
      const hides = await this.nodes.hiding(named.flatMap((things) => things ?? []));
      for (const [index, event] of events.entries()) if (named[index]?.some(hides) === false) visit(event);
    }
  }
}
