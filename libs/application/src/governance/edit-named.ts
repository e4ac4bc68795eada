import type { Principal } from '@headwater/domain/access/principal';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { MOST_LEVELS, type DefinitionRow } from '@headwater/domain/governance/definition';
import type { DefinitionEdit } from '@headwater/domain/governance/definition-edit';
import type { EditHead } from '@headwater/domain/governance/edit-head';
import type { NamedChange } from '@headwater/domain/governance/definitions/named-definition';
import type { NodeId } from '@headwater/domain/identifiers';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { lacking } from '../access/lacking.js';
import { recordDefined, requireWhole } from './record-definition.js';
import {
  editedMeanwhile,
  headOf,
  requestFaults,
  rightsOf,
  type EditPorts,
  type EditRequest,
  type RecordedEdit,
} from './record-edit.js';

export interface MadeNamedEdit extends Pick<RecordedEdit, 'position' | 'isReadable'> {
  readonly id: NodeId;
}

/** How a kind of definition is checked, and what is said of it. */
export interface NamedRules<Of> {
  /** Of one and of many: `domain`, `Domains`. In upper case the codes of refusals begin with `one`. */
  readonly one: string;
  readonly many: string;
  /** The member of an input that has the id; absent: `one`. */
  readonly input?: string;
  /** What people give to tell one from another; absent: `key`. */
  readonly keyed?: string;
  /** What an edit may name, in words. */
  readonly members: string;
  idOf(key: string): NodeId;
  /** The fault of an id that is of no such thing. */
  idFault(pointer: string, id: string): readonly InputFault[];
  faultsOf(body: Partial<Of>): readonly InputFault[];
  /** Why one cannot be part of itself, why it cannot be removed, and that what an edit names is not there. */
  readonly refusals: {
    readonly cycle: string;
    readonly used: string;
    readonly unknown: () => HeadwaterError;
    /** Of verdicts that this kind alone has, with what the projection found. */
    readonly other?: Readonly<Record<string, (found: string) => HeadwaterError>>;
  };
  edit(head: EditHead, node: NodeId, change: NamedChange<Of>): DefinitionEdit;
  /**
   * The domains that a change is made in, null being none: who edits in all of them may make it. `held` is what is there.
   * Absent: such things are of the whole catalog.
   */
  placesOf?(change: NamedChange<Of>, id: NodeId, held: DefinitionRow | undefined): readonly (NodeId | null)[];
}

const KEY = /^[\p{L}\p{N}._-]{1,100}$/u;

/** Defines things that have a key, as events of the log. Who edits a part of the catalog defines in domains at most. */
export class EditNamed<Of extends { readonly name: string }> {
  constructor(
    protected readonly ports: EditPorts,
    protected readonly rules: NamedRules<Of>,
  ) {}

  /**
   * `key` null: made of the name. Throws INVALID_INPUT with faults, CONFLICT (…_EXISTS), and as {@link change} does for
   * what the body names; nothing is changed then.
   */
  create(principal: Principal, key: string | null, body: Of, request: EditRequest): Promise<MadeNamedEdit> {
    const chosen = key ?? keyOf(body.name);
    const faults = isKey(chosen) ? [] : [keyFault(key === null ? '/name' : '/key')];
    return this.define(principal, this.rules.idOf(chosen), { action: 'CREATE', body }, request, faults);
  }

  /**
   * What is absent in `body` stays. Throws INVALID_INPUT with faults, FORBIDDEN, NOT_FOUND (NO_SUCH_…) also for what the
   * body names, CONFLICT (EDITED_MEANWHILE, …_CYCLE, …_TOO_DEEP): nothing is changed then.
   */
  change(principal: Principal, id: NodeId, body: Partial<Of>, request: EditRequest): Promise<MadeNamedEdit> {
    const isEmpty = Object.keys(body).length === 0;
    const faults = isEmpty
      ? [{ pointer: '', ...coded('NO_CHANGE', `must say what to change: ${this.rules.members}`) }]
      : [];
    return this.define(principal, id, { action: 'CHANGE', body }, request, faults);
  }

  /** Throws as {@link change} does, and CONFLICT (…_IN_USE) while something would be left without it. */
  remove(principal: Principal, id: NodeId, request: EditRequest): Promise<MadeNamedEdit> {
    return this.define(principal, id, { action: 'REMOVE' }, request, []);
  }

  protected async define(
    principal: Principal,
    id: NodeId,
    change: NamedChange<Of>,
    request: EditRequest,
    faults: readonly InputFault[],
  ): Promise<MadeNamedEdit> {
    const { rules } = this;
    const { one } = rules;
    refuseFaults(`The ${one} cannot be defined like this`, [
      ...faults,
      ...(change.action === 'CREATE' ? [] : rules.idFault(`/${rules.input ?? one}`, id)),
      ...(change.action === 'REMOVE' ? [] : rules.faultsOf(change.body)),
      ...requestFaults(request),
    ]);
    const head = headOf(this.ports, principal, request);
    await this.#requireRight(principal, id, change);
    const recorded = await recordDefined(this.ports, principal, request, rules.edit(head, id, change));
    const { verdict, found, ...made } = recorded;
    if (verdict !== null) throw await this.#refusal(verdict, found ?? '');
    return { id, ...made };
  }

  async #requireRight(principal: Principal, id: NodeId, change: NamedChange<Of>): Promise<void> {
    const { ports, rules } = this;
    const isPart = principal.inDomains('catalog:edit').length > 0 && principal.where('catalog:read').isAll;
    if (principal.where('catalog:edit').isAll || !isPart || rules.placesOf === undefined) {
      requireWhole(principal, rules.many);
      return;
    }
    const held =
      change.action === 'CREATE' ? undefined : (await ports.catalog.definitions([id], nowBy(ports.clock))).get(id);
    if (held === undefined && change.action !== 'CREATE') throw await this.#refusal('EDIT_OF_UNKNOWN', '');
    const rights = await rightsOf(ports, principal).domains();
    const foreign = rules.placesOf(change, id, held).find((place) => !rights.holdsWhole(place));
    if (foreign === undefined) return;
    const where = foreign === id ? '' : ` in ${foreign ?? 'no domain'}`;
    throw lacking(principal, `You may not define ${id}${where}: you may edit ${rights.inWords()}`, {
      scope: 'catalog:edit',
    });
  }

  async #refusal(verdict: string, found: string): Promise<HeadwaterError> {
    const { rules } = this;
    const { one, many, refusals } = rules;
    const code = one.toUpperCase().replaceAll(' ', '_');
    switch (verdict) {
      case 'EDIT_OF_KNOWN':
        return conflict(
          `${code}_EXISTS`,
          `There is ${withArticle(one)} with this ${rules.keyed ?? 'key'}. Choose another ${rules.keyed ?? 'key'}, or change that ${one}.`,
        );
      case 'EDIT_NAMES_UNKNOWN':
        return refusals.unknown();
      case 'EDIT_MAKES_CYCLE':
        return conflict(`${code}_CYCLE`, refusals.cycle);
      case 'EDIT_TOO_DEEP':
        return conflict(`${code}_TOO_DEEP`, `${many} have at most ${String(MOST_LEVELS)} levels.`);
      case 'EDIT_OF_USED':
        return conflict(`${code}_IN_USE`, refusals.used);
      case 'EDIT_CONFLICT':
        return editedMeanwhile(this.ports, null);
      default:
        return (
          refusals.other?.[verdict]?.(found) ??
          new HeadwaterError('NOT_FOUND', `There is no such ${one}`, { reason: `NO_SUCH_${code}` })
        );
    }
  }
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function conflict(reason: string, message: string): HeadwaterError {
  return new HeadwaterError('CONFLICT', message, { reason });
}

/** The fault of what is no {@link isKey}. */
export function keyFault(pointer: string): InputFault {
  return {
    pointer,
    ...coded(
      'NO_KEY',
      'must give a key of 1 to 100 letters, digits, dots, dashes and underscores, such as claims-payout',
    ),
  };
}

/** Whether something can have this key. */
export function isKey(key: string): boolean {
  return KEY.test(key);
}

/** "Claims & Payout" as claims-payout. */
function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}._]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100);
}
