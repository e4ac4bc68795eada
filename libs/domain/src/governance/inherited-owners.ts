import type { FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { upwards, type DataProductRow, type DomainRow, type HeldOwner } from './definition.js';

/** An owner of a domain or of a data product, who answers for what is in it where nothing nearer says who does. */
export interface InheritedOwner {
  readonly from: DomainRow | DataProductRow;
  readonly owner: HeldOwner;
  /** How far away: a data product 0, the domain that it is in 1, the one above that 2, and so on. */
  readonly distance: number;
  /** Since when the owner answers for all that is there. */
  readonly since: Micros;
}

/** A domain and since when what is in the one asked about is in this one too. */
export interface DomainAbove {
  readonly row: DomainRow;
  readonly since: Micros;
}

/** Who answers by way of domains and data products as they are at one moment, ready to be asked about many assets. */
export class InheritedOwners {
  readonly #domains: ReadonlyMap<NodeId, DomainRow>;
  readonly #products: ReadonlyMap<NodeId, DataProductRow>;
  readonly #ofPlaces = new Map<NodeId, readonly InheritedOwner[]>();

  constructor(domains: readonly DomainRow[], products: readonly DataProductRow[]) {
    this.#domains = new Map(domains.map((row) => [row.id, row]));
    this.#products = new Map(products.map((row) => [row.id, row]));
  }

  /** Of an asset, by its facts of kinds DOMAIN and PRODUCT, the nearest first. It is in the first domain that they name. */
  of(facts: readonly FactRow[]): readonly InheritedOwner[] {
    const domain = facts.find(({ kind }) => kind === 'DOMAIN');
    const places = [...facts.filter(({ kind }) => kind === 'PRODUCT'), ...(domain === undefined ? [] : [domain])];
    return places.flatMap(({ value, validFrom }) =>
      this.ownersIn(value as NodeId).map((one) => ({ ...one, since: Math.max(one.since, validFrom) })),
    );
  }

  /** Of all that is in a domain or an output port of a data product; none of what is unknown. */
  ownersIn(place: NodeId): readonly InheritedOwner[] {
    const known = this.#ofPlaces.get(place) ?? this.#find(place);
    this.#ofPlaces.set(place, known);
    return known;
  }

  #find(place: NodeId): readonly InheritedOwner[] {
    const product = this.#products.get(place);
    if (product !== undefined)
      return product.body.owners.map((owner) => ({ from: product, owner, distance: 0, since: owner.since }));
    return this.above(place).flatMap(({ row, since }, index) =>
      row.body.owners.map((owner) => ({
        ...{ from: row, owner, distance: index + 1 },
        since: Math.max(since, owner.since),
      })),
    );
  }

  /** The domain itself and all that it is part of. */
  above(domain: NodeId): readonly DomainAbove[] {
    let since: Micros = 0;
    return upwards(domain, (id) => this.#domains.get(id)?.body.parent).flatMap((id) => {
      const row = this.#domains.get(id);
      if (row === undefined) return [];
      const above = { row, since };
      since = Math.max(since, row.body.parentSince);
      return [above];
    });
  }
}
