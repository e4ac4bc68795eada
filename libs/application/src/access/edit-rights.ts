import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { DomainGrant, Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { HeadwaterError } from '@headwater/domain/errors';
import { withParts, type DomainRow } from '@headwater/domain/governance/definition';
import type { WantedChange } from '@headwater/domain/governance/edit-job';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Clock } from '@headwater/domain/ports';
import { nowBy } from '@headwater/domain/traversal/moment';
import { lacking } from './lacking.js';

/** The catalog as it is and not as the caller sees it: a right does not depend on what its holder may read. */
export type PlaceReader = Pick<CatalogReader, 'facts' | 'definitionsOf'>;

type Place = Pick<AssetRow, 'id' | 'namespace'>;
type Change = Pick<WantedChange, 'action' | 'kind' | 'value'>;

/** Assets whose domains are read at once. */
const PORTION = 500;
const MOST_NAMED = 5;

/** Which domains a caller edits in now, with all of their parts. */
export class DomainRights {
  readonly #rows: ReadonlyMap<NodeId, DomainRow>;
  readonly #grants: readonly { readonly domains: ReadonlySet<NodeId>; readonly rule: NamespaceRule }[];

  constructor(
    private readonly bound: readonly DomainGrant[],
    domains: readonly DomainRow[],
  ) {
    this.#rows = new Map(domains.map((row) => [row.id, row]));
    this.#grants = bound.map(({ domain, rule }) => ({
      // A domain that is no more has no parts, and grants nothing.
      domains: new Set(this.#rows.has(domain) ? withParts([domain], domains) : []),
      rule,
    }));
  }

  /** Each domain that is there, with the namespaces in which it is edited. */
  get domains(): ReadonlyMap<NodeId, NamespaceRule> {
    const rules = new Map<NodeId, NamespaceRule[]>();
    for (const { domains, rule } of this.#grants)
      for (const domain of domains) rules.set(domain, [...(rules.get(domain) ?? []), rule]);
    return new Map([...rules].map(([domain, of]) => [domain, NamespaceRule.union(of)]));
  }

  /** Whether what is in the domain and in the namespace may be edited. */
  holds(domain: string, namespace: string): boolean {
    return this.#grants.some(({ domains, rule }) => domains.has(domain as NodeId) && rule.allows(namespace));
  }

  /** Whether all that is in the domain may be edited, and the domain itself be defined. */
  holdsWhole(domain: NodeId | null): boolean {
    return domain !== null && this.#grants.some(({ domains, rule }) => rule.isAll && domains.has(domain));
  }

  /** Where the caller may edit, for a refusal. */
  inWords(): string {
    const ids = [...new Set(this.bound.map(({ domain }) => domain))].sort();
    const named = ids.slice(0, MOST_NAMED).map((id) => {
      const row = this.#rows.get(id);
      return row === undefined ? `${id}, which is no more` : `${id} (${row.body.name})`;
    });
    const rest = ids.length > MOST_NAMED ? [`${String(ids.length - MOST_NAMED)} other domains`] : [];
    return `what is in ${[...named, ...rest].join(', ')}`;
  }
}

/** What one caller may edit of some assets, as they are placed now. */
export class AssetRights {
  constructor(
    private readonly principal: Principal,
    private readonly placed: ReadonlyMap<NodeId, readonly string[]>,
    private readonly domains: DomainRights | null,
  ) {}

  /**
   * Whether the caller may make these changes. By a domain: of an asset that is in it, in all that its names say, and that
   * stays in what the caller edits.
   */
  allows({ id, namespace }: Place, changes: readonly Change[]): boolean {
    if (this.principal.where('catalog:edit').allows(namespace)) return true;
    const { domains } = this;
    const placed = this.placed.get(id) ?? [];
    if (domains === null || placed.length === 0) return false;
    if (!placed.every((domain) => domains.holds(domain, namespace))) return false;
    return changes.every(
      ({ kind, action, value }) => kind !== 'DOMAIN' || (action === 'STATE' && domains.holds(value, namespace)),
    );
  }

  /** FORBIDDEN, with what is refused and where the caller may edit. */
  refusal(row: Place, changes: readonly Change[]): HeadwaterError {
    return lacking(this.principal, `You may not ${this.refused(row, changes)}`, { scope: 'catalog:edit' });
  }

  /** The same in words, to stand behind "you may not". */
  refused(row: Place, changes: readonly Change[]): string {
    const { domains } = this;
    if (domains === null) return `edit what is in the namespace ${row.namespace}`;
    return `${this.#what(row, changes)}: you may edit ${domains.inWords()}${this.#elsewhere()}`;
  }

  #what(row: Place, changes: readonly Change[]): string {
    if (!this.allows(row, [])) return `edit ${row.id}`;
    const move = changes.find(({ kind }) => kind === 'DOMAIN');
    return move?.action === 'STATE' ? `put ${row.id} into ${move.value}` : `take ${row.id} out of its domain`;
  }

  #elsewhere(): string {
    const { sets } = this.principal.where('catalog:edit');
    return sets?.length === 0 ? '' : ', and in some namespaces';
  }
}

/** What a caller may edit, by namespace or by domain. */
export class EditRights {
  constructor(
    readonly principal: Principal,
    private readonly catalog: PlaceReader,
    private readonly clock: Clock,
  ) {}

  /** For a page of assets as many statements as for one, and none for who edits by namespace alone. */
  async over(rows: readonly Place[]): Promise<AssetRights> {
    const { principal, catalog, clock } = this;
    if (principal.inDomains('catalog:edit').length === 0) return new AssetRights(principal, new Map(), null);
    const mayEdit = principal.where('catalog:edit');
    const ids = rows.filter(({ namespace }) => !mayEdit.allows(namespace)).map(({ id }) => id);
    const placed = new Map<NodeId, readonly string[]>();
    for (let start = 0; start < ids.length; start += PORTION) {
      const facts = await catalog.facts(ids.slice(start, start + PORTION), ['DOMAIN'], nowBy(clock));
      for (const [id, of] of facts)
        placed.set(
          id,
          of.map(({ value }) => value),
        );
    }
    return new AssetRights(principal, placed, await this.domains());
  }

  async domains(): Promise<DomainRights> {
    const bound = this.principal.inDomains('catalog:edit');
    return new DomainRights(
      bound,
      bound.length === 0 ? [] : await this.catalog.definitionsOf('DOMAIN', nowBy(this.clock)),
    );
  }
}
