import type { AccessStore } from '@headwater/domain/access/access-store';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { Principal } from '@headwater/domain/access/principal';
import { subjectIdentity, type SubjectName } from '@headwater/domain/decisions/decision-subject';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeId } from '@headwater/domain/identifiers';
import { FindingList } from '@headwater/domain/openlineage/findings';
import { parseJson } from '@headwater/domain/openlineage/json-text';
import type { Page, PageRequest } from '@headwater/domain/page';
import type { Clock, EventLog, IdSource } from '@headwater/domain/ports';
import type {
  DecisionFilter,
  DecisionReader,
  DecisionView,
  StatementView,
} from '@headwater/domain/reading/decision-reader';
import { lacking } from '../access/lacking.js';
import { decrypt, type PersonalKeys } from './personal-keys.js';

export interface ReadDecisionsPorts {
  readonly reader: DecisionReader;
  readonly log: Pick<EventLog, 'parts'>;
  readonly keys: Pick<PersonalKeys, 'find' | 'read'>;
  readonly audit: Pick<AccessStore, 'record'>;
  readonly clock: Clock;
  readonly ids: Pick<IdSource, 'uuid'>;
}

/** Which decisions, with their subject in the clear. */
export interface DecisionQuestion extends Omit<DecisionFilter, 'subjectKey'> {
  readonly subject?: SubjectName;
}

/** The personal parts of a decision by what stands for them. */
export type OpenedParts = ReadonlyMap<string, unknown>;

/** Decisions as one caller may read them: those of jobs in the namespaces of `decision:read`. */
export class ReadDecisions {
  readonly #rule: NamespaceRule;
  readonly #personal: NamespaceRule;

  constructor(
    private readonly ports: ReadDecisionsPorts,
    private readonly principal: Principal | null,
    private readonly address: string | null,
  ) {
    this.#rule = principal?.where('decision:read') ?? NamespaceRule.NONE;
    this.#personal = principal?.where('personal:read') ?? NamespaceRule.NONE;
  }

  /** Unknown ids, and what the caller may not read, are absent. */
  async byId(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DecisionView>> {
    const found = await this.ports.reader.decisions(ids);
    return new Map([...found].filter(([, { namespace }]) => this.#rule.allows(namespace)));
  }

  /** Throws FORBIDDEN where a subject is asked for without `personal:read`; looking for one is a read that is recorded. */
  async list({ subject, ...filter }: DecisionQuestion, page: PageRequest): Promise<Page<DecisionView>> {
    if (subject === undefined) return this.ports.reader.decisionList(filter, page, [this.#rule]);
    const subjectKey = await this.#find(subject);
    if (subjectKey === null) return { items: [], hasNextPage: false };
    return this.ports.reader.decisionList({ ...filter, subjectKey }, page, [this.#rule, this.#personal]);
  }

  async statements(ids: readonly NodeId[], most: number): Promise<ReadonlyMap<NodeId, readonly StatementView[]>> {
    return this.ports.reader.decisionStatements([...(await this.byId(ids)).keys()], most);
  }

  /** Whether the personal parts of a decision are for the caller. */
  mayOpen({ namespace }: Pick<DecisionView, 'namespace'>): boolean {
    return this.#personal.allows(namespace);
  }

  /**
   * The personal parts of each decision; none of those whose key was destroyed. That the caller read them is recorded
   * before they are answered. Throws FORBIDDEN for one that is not for the caller.
   */
  async open(decisions: readonly DecisionView[]): Promise<readonly OpenedParts[]> {
    if (!decisions.every((decision) => this.mayOpen(decision))) throw this.#lacking();
    const parts = await this.ports.log.parts(decisions.map(({ position }) => position));
    if (parts.length === 0) return decisions.map(() => new Map());
    const keys = await this.ports.keys.read(parts.map(({ keyId }) => keyId));
    await this.#record({ decisions: decisions.map(({ id }) => id) });
    const opened = new Map<number, Map<string, unknown>>(decisions.map(({ position }) => [position, new Map()]));
    for (const { position, keyId, placeholder, ciphertext } of parts) {
      const key = keys.get(keyId);
      const plain = key && decrypt(key.encrypting, ciphertext);
      const json = plain && parseJson(plain, new FindingList());
      if (json?.ok === true) opened.get(position)?.set(String(JSON.parse(placeholder)), json.value);
    }
    return decisions.map(({ position }) => opened.get(position) ?? new Map());
  }

  async #find(subject: SubjectName): Promise<string | null> {
    if (this.principal?.may('personal:read') !== true) throw this.#lacking();
    const key = await this.ports.keys.find(subjectIdentity(subject));
    await this.#record({ decisions: [], subjectKey: key });
    return key;
  }

  #lacking(): HeadwaterError {
    const message = 'The personal parts of decisions need the scope personal:read';
    if (this.principal === null) return new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    return lacking(this.principal, message, { scope: 'personal:read' });
  }

  async #record(read: { readonly decisions: readonly NodeId[]; readonly subjectKey?: string | null }): Promise<void> {
    const { clock, ids, audit } = this.ports;
    const actor = this.principal?.id ?? null;
    await audit.record(
      { id: ids.uuid(), at: clock.now(), actor, address: this.address, detail: { type: 'PERSONAL_READ', ...read } },
      [],
    );
  }
}
