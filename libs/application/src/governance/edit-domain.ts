import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { MOST_LEVELS, type DomainDefinition } from '@headwater/domain/governance/definition';
import { definitionEditBytes, type DomainChange } from '@headwater/domain/governance/definition-edit';
import { domainId, type NodeId } from '@headwater/domain/identifiers';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { lacking } from '../access/lacking.js';
import { domainFault, markdownFault } from './check-change.js';
import {
  editedMeanwhile,
  headOf,
  noSuchDomain,
  recordEdit,
  requestFaults,
  type EditPorts,
  type EditRequest,
  type RecordedEdit,
} from './record-edit.js';

export interface MadeDomainEdit extends Pick<RecordedEdit, 'position' | 'isReadable'> {
  readonly domain: NodeId;
}

const KEY = /^[\p{L}\p{N}._-]{1,100}$/u;

/** Defines domains, as events of the log. They are of the whole catalog: who edits a part of it does not define them. */
export class EditDomain {
  constructor(private readonly ports: EditPorts) {}

  /**
   * `key` null: made of the name. Throws INVALID_INPUT with faults, CONFLICT (DOMAIN_EXISTS), and as {@link change} does
   * for the domain above; nothing is changed then.
   */
  create(
    principal: Principal,
    { key, ...body }: DomainDefinition & { readonly key: string | null },
    request: EditRequest,
  ): Promise<MadeDomainEdit> {
    const chosen = key ?? keyOf(body.name);
    const faults = KEY.test(chosen) ? [] : [keyFault(key === null ? '/name' : '/key')];
    return this.#do(principal, domainId(chosen), { action: 'CREATE', body }, request, faults);
  }

  /**
   * What is absent in `body` stays. Throws INVALID_INPUT with faults, FORBIDDEN, NOT_FOUND (NO_SUCH_DOMAIN) also for the
   * domain above, CONFLICT (EDITED_MEANWHILE, DOMAIN_CYCLE, DOMAIN_TOO_DEEP): nothing is changed then.
   */
  change(
    principal: Principal,
    domain: NodeId,
    body: Partial<DomainDefinition>,
    request: EditRequest,
  ): Promise<MadeDomainEdit> {
    const isEmpty = Object.keys(body).length === 0;
    const faults = isEmpty ? [{ pointer: '', detail: 'must say what to change: name, description or parent' }] : [];
    return this.#do(principal, domain, { action: 'CHANGE', body }, request, faults);
  }

  /** Throws as {@link change} does, and CONFLICT (DOMAIN_IN_USE) while a domain or an asset is in it. */
  remove(principal: Principal, domain: NodeId, request: EditRequest): Promise<MadeDomainEdit> {
    return this.#do(principal, domain, { action: 'REMOVE' }, request, []);
  }

  async #do(
    principal: Principal,
    domain: NodeId,
    change: DomainChange,
    request: EditRequest,
    faults: readonly InputFault[],
  ): Promise<MadeDomainEdit> {
    refuseFaults('The domain cannot be defined like this', [
      ...faults,
      ...(change.action === 'CREATE' ? [] : domainFault('/domain', domain)),
      ...(change.action === 'REMOVE' ? [] : bodyFaults(change.body)),
      ...requestFaults(request),
    ]);
    if (principal.lacks(['catalog:read', 'catalog:edit']).length > 0)
      throw lacking(principal, 'Domains are of the whole catalog, and you may see or edit a part of it', {
        scope: 'catalog:edit',
      });
    const bytes = definitionEditBytes({ ...headOf(this.ports, principal, request), node: domain, ...change });
    const { verdict, ...made } = await recordEdit(this.ports, bytes);
    if (verdict !== null) throw await this.#refusal(verdict);
    return { domain, ...made };
  }

  async #refusal(verdict: string): Promise<HeadwaterError> {
    switch (verdict) {
      case 'EDIT_OF_KNOWN':
        return conflict('DOMAIN_EXISTS', 'There is a domain with this key. Choose another key, or change that domain.');
      case 'EDIT_NAMES_UNKNOWN':
        return new HeadwaterError('NOT_FOUND', 'There is no such domain to be part of', { reason: 'NO_SUCH_DOMAIN' });
      case 'EDIT_MAKES_CYCLE':
        return conflict('DOMAIN_CYCLE', 'A domain cannot be part of itself, nor of one of its own parts.');
      case 'EDIT_TOO_DEEP':
        return conflict('DOMAIN_TOO_DEEP', `Domains have at most ${String(MOST_LEVELS)} levels.`);
      case 'EDIT_OF_USED':
        return conflict(
          'DOMAIN_IN_USE',
          'Other domains are part of this one, or assets are in it. Move them first, then remove it.',
        );
      case 'EDIT_CONFLICT':
        return editedMeanwhile(this.ports, null);
      default:
        return noSuchDomain();
    }
  }
}

function conflict(reason: string, message: string): HeadwaterError {
  return new HeadwaterError('CONFLICT', message, { reason });
}

function bodyFaults({ name, description, parent }: Partial<DomainDefinition>): readonly InputFault[] {
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(parent === undefined || parent === null ? [] : domainFault('/parent', parent)),
  ];
}

function keyFault(pointer: string): InputFault {
  return {
    pointer,
    detail: 'must give a key of 1 to 100 letters, digits, dots, dashes and underscores, such as claims-payout',
  };
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
