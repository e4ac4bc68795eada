import { mayNeedCleaning } from './clean-text.js';
import type { FacetBody, FacetMemory } from './facet-memory.js';
import { facetSlices, type FacetSlice } from './facet-slices.js';
import { FindingList } from './findings.js';
import { parseJson } from './json-text.js';

export type ParsedEvent =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly validUtf8: boolean;
      /** Whether strings may hold characters to replace. */
      readonly needsCleaning: boolean;
    }
  | { readonly ok: false; readonly detail: string };

type Slice = FacetSlice & { readonly key: string; readonly known: FacetBody | undefined };

/**
 * {@link parseJson} of an event. Facets in `memory` are not parsed again: the same bytes are the same object. Only
 * documents that are JSON to the letter, with nothing to replace in them, take part; the outcome is the same without.
 */
export function parseEvent(bytes: Uint8Array, findings: FindingList, memory: FacetMemory | undefined): ParsedEvent {
  const slices = memory?.isWorthLooking(bytes.length) === true ? slicesOf(bytes, memory) : [];
  if (memory === undefined || slices.length === 0) return parseWhole(bytes, findings);
  const own = new FindingList();
  const parsed = parseWhole(withoutKnown(bytes, slices), own);
  if (!parsed.ok || own.all().length > 0) return parseWhole(bytes, findings);
  for (const slice of slices) {
    const holder = holderOf(parsed.value, slice.path);
    const name = slice.path.at(-1) ?? '';
    if (slice.known !== undefined) holder[name] = slice.known;
    else if (!parsed.needsCleaning) memory.keep(slice.key, slice.to - slice.from, holder[name] as FacetBody);
  }
  return parsed;
}

function parseWhole(bytes: Uint8Array, findings: FindingList): ParsedEvent {
  const { text, ...parsed } = { text: '', ...parseJson(bytes, findings) };
  return parsed.ok ? { ...parsed, needsCleaning: mayNeedCleaning(text) } : parsed;
}

function slicesOf(bytes: Uint8Array, memory: FacetMemory): readonly Slice[] {
  const slices: Slice[] = [];
  for (const { from, to, path } of facetSlices(bytes)) {
    const key = memory.keyOf(bytes.subarray(from, to));
    if (key !== undefined) slices.push({ from, to, path, key, known: memory.get(key, to - from) });
  }
  return slices;
}

const NULL = Buffer.from('null');

/** The document with null in place of what is known. */
function withoutKnown(bytes: Uint8Array, slices: readonly Slice[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const slice of slices) {
    if (slice.known === undefined) continue;
    parts.push(bytes.subarray(from, slice.from), NULL);
    from = slice.to;
  }
  return from === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)]);
}

/** The parsed object that holds the facet: the scan has found the path in the same bytes. */
function holderOf(event: unknown, path: FacetSlice['path']): Record<string | number, unknown> {
  let holder = event as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  return holder;
}
