import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import type { NodeId } from '@headwater/domain/identifiers';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { byName, compareNames, type NamePlace } from './by-name.js';

/** An asset and all in which one agent answers for it. */
export interface HeldResponsibility {
  readonly asset: NodeId;
  readonly claims: readonly ClaimedOwner[];
}

type View = Pick<CatalogReader, 'mayAnswerFor' | 'effectiveOwners' | 'agentNames'>;

/** The list that its cursors are of. */
export const LIST = 'responsibleFor';
/** Assets of which owners are read at once. */
const PORTION = 1_000;

/**
 * What an agent answered for at a moment. The names of all that it may have been are read once; owners of as many as a page
 * takes, and by the count of all.
 */
export class PastResponsibilities {
  #candidates: Promise<readonly NamePlace[]> | undefined;

  constructor(
    private readonly view: View,
    private readonly agent: NodeId,
    private readonly time: ReadTime,
  ) {}

  /** By name, without regard to case, and then by id. INVALID_INPUT for a cursor of another list. */
  async page({ first, after }: PageRequest): Promise<Page<HeldResponsibility>> {
    const [name, id] = after === null ? [null, null] : decodeCursor(LIST, after, ['string', 'string']);
    const from: NamePlace = { name: String(name), id: String(id) as NodeId };
    const all = await this.#all();
    const behind = after === null ? all : all.filter((place) => compareNames(place, from) > 0);
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

  #all(): Promise<readonly NamePlace[]> {
    this.#candidates ??= this.view.mayAnswerFor(this.agent, this.time).then(byName);
    return this.#candidates;
  }

  async #held(
    places: readonly NamePlace[],
  ): Promise<readonly { readonly place: NamePlace; readonly claims: readonly ClaimedOwner[] }[]> {
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

/** A little more than the page, since of some assets somebody stronger takes the agent's place. */
function portionOf(first: number): number {
  return Math.min(PORTION, 2 * first + 1);
}
