import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import type { NodeId } from '@headwater/domain/identifiers';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { ReadTime } from '@headwater/domain/reading/read-time';

/** An asset and all in which one agent answers for it. */
export interface HeldResponsibility {
  readonly asset: NodeId;
  readonly claims: readonly ClaimedOwner[];
}

type View = Pick<CatalogReader, 'mayAnswerFor' | 'effectiveOwners' | 'agentNames'>;

const LIST = 'responsibleFor';
/** Assets of which owners are read at once. */
const PORTION = 1_000;

/**
 * What an agent answered for at a moment. The names of all that it may have been are read once; owners of as many as a page
 * takes, and by the count of all.
 */
export class PastResponsibilities {
  #candidates: Promise<readonly Place[]> | undefined;

  constructor(
    private readonly view: View,
    private readonly agent: NodeId,
    private readonly time: ReadTime,
  ) {}

  /** By name, without regard to case, and then by id. INVALID_INPUT for a cursor of another list. */
  async page({ first, after }: PageRequest): Promise<Page<HeldResponsibility>> {
    const [name, id] = after === null ? [null, null] : decodeCursor(LIST, after, ['string', 'string']);
    const from: Place = { name: String(name), id: String(id) as NodeId };
    const all = await this.#all();
    const behind = after === null ? all : all.filter((place) => compare(place, from) > 0);
    const found: { readonly cursor: string; readonly item: HeldResponsibility }[] = [];
    for (let start = 0; start < behind.length && found.length <= first; start += portionOf(first)) {
      const portion = behind.slice(start, start + portionOf(first));
      for (const { place, claims } of await this.#held(portion))
        found.push({ cursor: encodeCursor(LIST, [place.name, place.id]), item: { asset: place.id, claims } });
    }
    return { items: found.slice(0, first), hasNextPage: found.length > first };
  }

  async count(): Promise<number> {
    const all = await this.#all();
    let count = 0;
    for (let start = 0; start < all.length; start += PORTION)
      count += (await this.#held(all.slice(start, start + PORTION))).length;
    return count;
  }

  #all(): Promise<readonly Place[]> {
    this.#candidates ??= this.view
      .mayAnswerFor(this.agent, this.time)
      .then((found) =>
        found.map(({ id, displayName }) => ({ id, name: displayName.toLowerCase() })).sort((a, b) => compare(a, b)),
      );
    return this.#candidates;
  }

  async #held(
    places: readonly Place[],
  ): Promise<readonly { readonly place: Place; readonly claims: readonly ClaimedOwner[] }[]> {
    const names = await this.view.agentNames([this.agent], this.time.knownAt);
    const canonical = names.get(this.agent)?.[0] ?? this.agent;
    const owners = await this.view.effectiveOwners(
      places.map(({ id }) => id),
      this.time,
    );
    return places.flatMap((place) => {
      const claims = (owners.get(place.id)?.owners ?? []).filter(({ agent }) => agent === canonical);
      return claims.length === 0 ? [] : [{ place, claims }];
    });
  }
}

interface Place {
  readonly name: string;
  readonly id: NodeId;
}

/** A little more than the page, since of some assets somebody stronger takes the agent's place. */
function portionOf(first: number): number {
  return Math.min(PORTION, 2 * first + 1);
}

function compare(a: Place, b: Place): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
