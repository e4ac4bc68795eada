import type { NodeId } from '../identifiers.js';
import { NamespaceRule, type NamespaceGlobs } from './namespace-rule.js';
import { SCOPES, WHOLE_SCOPES, type Scope } from './scopes.js';

/** Scopes that hold for some namespaces; null: for the whole catalog. */
export interface Grant {
  readonly scopes: readonly Scope[];
  readonly namespaces: NamespaceGlobs | null;
  /** They hold for what is in this domain and its parts alone, as far as that is in the namespaces; absent: wherever that is. */
  readonly domain?: NodeId;
}

/** A domain for which a scope holds, as far as what is in it is in the namespaces. */
export interface DomainGrant {
  readonly domain: NodeId;
  readonly rule: NamespaceRule;
}

/** How a caller proved who it is. LOCAL is anybody on this machine, where authentication is off. */
export type PrincipalKind = 'TOKEN' | 'USER' | 'LOCAL';

/**
 * Who calls. `id` is stable and says who did something in the audit log: `token:<id>`, `user:<issuer>#<subject>`,
 * `local:admin` for the link of the first start, `local:anyone` without authentication.
 */
export interface PrincipalParts {
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Agents that the caller is beyond doubt, as owners are named; absent: none is known. */
  readonly agents?: readonly NodeId[];
}

/** A caller with what it may do and see. */
export class Principal {
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly agents: readonly NodeId[];
  readonly #rules = new Map<Scope, NamespaceRule>();

  constructor(parts: PrincipalParts) {
    this.id = parts.id;
    this.kind = parts.kind;
    this.name = parts.name;
    this.grants = parts.grants;
    this.agents = parts.agents ?? [];
  }

  /** Whether it has the scope for any namespace or domain at all; those of {@link WHOLE_SCOPES}, for every namespace. */
  may(scope: Scope): boolean {
    const isWhole = WHOLE_SCOPES.has(scope);
    return this.grants.some(
      ({ scopes, namespaces, domain }) =>
        scopes.includes(scope) && !(isWhole && (namespaces !== null || domain !== undefined)),
    );
  }

  /** Which of the scopes it does not have for the whole catalog. */
  lacks(scopes: readonly Scope[]): readonly Scope[] {
    return scopes.filter((scope) => !this.where(scope).isAll);
  }

  /** The namespaces that it has the scope for, whatever domain things are in. */
  where(scope: Scope): NamespaceRule {
    let rule = this.#rules.get(scope);
    if (rule === undefined) {
      rule = NamespaceRule.union(
        this.grants
          .filter(({ scopes, domain }) => scopes.includes(scope) && domain === undefined)
          .map(({ namespaces }) => NamespaceRule.of(namespaces)),
      );
      this.#rules.set(scope, rule);
    }
    return rule;
  }

  /** The domains that it has the scope for, beside {@link where}. */
  inDomains(scope: Scope): readonly DomainGrant[] {
    return this.grants.flatMap(({ scopes, namespaces, domain }) =>
      scopes.includes(scope) && domain !== undefined ? [{ domain, rule: NamespaceRule.of(namespaces) }] : [],
    );
  }

  /** Whether it may do and see just what another may, as far as their grants say so in the same words. */
  hasSameGrants(other: Principal): boolean {
    if (this.grants === other.grants) return true;
    const words = ({ grants }: Principal): string =>
      JSON.stringify(grants.map((grant) => JSON.stringify(grant)).sort());
    return words(this) === words(other);
  }

  /** Every scope that it may use somewhere, in the order of {@link SCOPES}. */
  scopes(): readonly Scope[] {
    return SCOPES.filter((scope) => this.may(scope));
  }
}
