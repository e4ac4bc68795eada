import type { Principal } from '@headwater/domain/access/principal';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { parseNodeId } from '@headwater/domain/identifiers';
import type { Clock, IdSource } from '@headwater/domain/ports';
import {
  MOST_SAVED,
  type SavedSearch,
  type SavedSearchScope,
  type SavedSearchStore,
  type SearchQuestion,
} from '@headwater/domain/saved/saved-search';
import type { SearchFilter } from '@headwater/domain/search';
import { isPlainText, refuseFaults } from '../access/access-parts.js';

export interface KeepSearchesPorts {
  readonly searches: SavedSearchStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export type WantedSearch = SearchQuestion & Pick<SavedSearch, 'name' | 'isShared'>;

const MOST_NAME = 100;
const MOST_TEXT = 500;
const MOST_VALUES = 100;
const MOST_VALUE = 5_000;
const KINDS = [
  ['owners', 'AGENT'],
  ['domains', 'DOMAIN'],
  ['terms', 'TERM'],
  ['products', 'DATA_PRODUCT'],
] as const;

/** Searches that users keep under names. */
export class KeepSearches {
  constructor(private readonly ports: KeepSearchesPorts) {}

  /** Throws INVALID_INPUT with faults, CONFLICT (NAME_TAKEN, TOO_MANY_SAVED_SEARCHES). */
  async save(by: Principal, wanted: WantedSearch): Promise<SavedSearch> {
    const { clock, ids, searches } = this.ports;
    const now = clock.now();
    const search: SavedSearch = {
      ...checked(wanted),
      id: ids.uuid().replaceAll('-', ''),
      ...{ owner: by.id, ownerName: by.name, version: 1, createdAt: now, updatedAt: now },
    };
    const outcome = await searches.create(search);
    if (outcome === 'TAKEN') throw nameTaken(search.name);
    if (outcome === 'FULL')
      throw new HeadwaterError(
        'CONFLICT',
        `You keep ${String(MOST_SAVED)} searches, which is the most: delete one first`,
        { reason: 'TOO_MANY_SAVED_SEARCHES' },
      );
    return search;
  }

  /** What is absent stays as it is. Throws as {@link save}, NOT_FOUND (NO_SUCH_SAVED_SEARCH), and FORBIDDEN (NOT_YOUR_SEARCH) for a shared one. */
  async change(by: Principal, id: string, wanted: Partial<WantedSearch>): Promise<SavedSearch> {
    const before = await this.#own(by, id);
    const { name, ...next } = checked({ ...before, ...wanted });
    // Only what was asked for: what somebody changes at the same time stays.
    const change = {
      ...(wanted.name !== undefined && { name }),
      ...(wanted.text !== undefined && { text: next.text }),
      ...(wanted.filter !== undefined && { filter: next.filter }),
      ...(wanted.order !== undefined && { order: next.order }),
      ...(wanted.isShared !== undefined && { isShared: next.isShared }),
    };
    const outcome = await this.ports.searches.change(id, by.id, change, this.ports.clock.now());
    if (outcome === 'TAKEN') throw nameTaken(name);
    if (outcome === 'ABSENT') throw noSuchSearch();
    return outcome;
  }

  /** Throws NOT_FOUND (NO_SUCH_SAVED_SEARCH), and FORBIDDEN (NOT_YOUR_SEARCH) for a shared one of somebody else. */
  async remove(by: Principal, id: string): Promise<void> {
    await this.#own(by, id);
    if (!(await this.ports.searches.remove(id, by.id))) throw noSuchSearch();
  }

  async #own(by: Principal, id: string): Promise<SavedSearch> {
    const search = await this.get(by, id);
    if (search.owner === by.id) return search;
    throw new HeadwaterError('FORBIDDEN', `Only ${search.ownerName} may change it: save one of your own`, {
      reason: 'NOT_YOUR_SEARCH',
    });
  }

  /** One's own or a shared one, as the reader may know it; null where there is none. */
  async read(reader: Principal, id: string): Promise<SavedSearch | null> {
    const search = await this.ports.searches.search(id);
    return search === null ? null : asSeen(reader, search);
  }

  /** As {@link read}. Throws NOT_FOUND (NO_SUCH_SAVED_SEARCH). */
  async get(reader: Principal, id: string): Promise<SavedSearch> {
    const search = await this.read(reader, id);
    if (search === null) throw noSuchSearch();
    return search;
  }

  /** One's own first, each part by name; `most` of the list at most. */
  async list(reader: Principal, scope: SavedSearchScope, skip: number, most: number): Promise<readonly SavedSearch[]> {
    const found = await this.ports.searches.searches(reader.id, scope, skip, most);
    return found.flatMap((search) => asSeen(reader, search) ?? []);
  }
}

/** NOT_FOUND, whether there is none or it is somebody else's. */
export function noSuchSearch(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such saved search: it was deleted, or is not shared with you', {
    reason: 'NO_SUCH_SAVED_SEARCH',
  });
}

/**
 * What somebody may know of a search: of another's, which must be shared, no namespace that they may not read. One that
 * asks for nothing else is none for them.
 */
export function asSeen(reader: Principal, search: SavedSearch): SavedSearch | null {
  if (search.owner === reader.id) return search;
  if (!search.isShared) return null;
  const { namespaces } = search.filter;
  if (namespaces === undefined || namespaces.length === 0) return search;
  const rule = reader.where('catalog:read');
  const seen = namespaces.filter((namespace) => rule.allows(namespace));
  return seen.length === 0 ? null : { ...search, filter: { ...search.filter, namespaces: seen } };
}

function nameTaken(name: string): HeadwaterError {
  return new HeadwaterError('CONFLICT', `You keep a search called ${name} already: take another name`, {
    reason: 'NAME_TAKEN',
  });
}

function checked({ name: given, text, filter, order, isShared }: WantedSearch): WantedSearch {
  const name = given.trim().normalize('NFC');
  const faults: InputFault[] = [];
  if (name === '' || name.length > MOST_NAME || !isPlainText(name))
    faults.push({
      pointer: '/name',
      ...coded('TEXT_LENGTH', `must have 1 to ${String(MOST_NAME)} characters and no line breaks`, { most: MOST_NAME }),
    });
  if (text.length > MOST_TEXT || !isPlainText(text))
    faults.push({
      pointer: '/query',
      ...coded('TOO_LONG', `must have at most ${String(MOST_TEXT)} characters and no line breaks`, { most: MOST_TEXT }),
    });
  for (const [member, values] of Object.entries(filter) as [keyof SearchFilter, unknown][])
    if (Array.isArray(values) && !isShort(values))
      faults.push({
        pointer: `/filter/${member}`,
        ...coded('TOO_MANY', `must have at most ${String(MOST_VALUES)} values`, { most: MOST_VALUES }),
      });
  for (const [member, kind] of KINDS)
    if ((filter[member] ?? []).some((id) => parseNodeId(id)?.kind !== kind))
      faults.push({
        pointer: `/filter/${member === 'products' ? 'dataProducts' : member}`,
        ...coded('NOT_AN_ID', `must have ids of the kind ${kind} only`, { kind }),
      });
  refuseFaults('The search was not saved', faults);
  return { name, text, filter, order, isShared };
}

function isShort(values: readonly unknown[]): boolean {
  return values.length <= MOST_VALUES && values.every((value) => String(value).length <= MOST_VALUE);
}
