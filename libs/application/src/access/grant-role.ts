import type { BindingRow } from '@headwater/domain/access/access-store';
import { checkGlobs } from '@headwater/domain/access/namespace-rule';
import { DOMAIN_ROLES, SCOPES_OF_ROLE, type Role } from '@headwater/domain/access/scopes';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, type InputFault } from '@headwater/domain/errors';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { nowBy } from '@headwater/domain/traversal/moment';
import { domainFault } from '../governance/check-change.js';
import { isPlainText, recordChange, refuseFaults, requireHeld, type AccessParts, type Asker } from './access-parts.js';

const SUBJECT = /^(?:user:.+#.+|email:[^\s@]+@[^\s@]+|group:.+|token:[0-9a-z]{12})$/u;

export interface NewBinding {
  /** `user:<issuer>#<subject>`, `email:<address>`, `group:<name>` or `token:<id>`. */
  readonly subject: string;
  readonly role: Role;
  /** Null: the whole catalog. */
  readonly namespaces: readonly string[] | null;
  /** The id of the domain in which alone the role edits, its parts with it; null or absent: wherever its namespaces are. */
  readonly domain?: string | null;
}

/** Binds a role to a user, a group or a token, for the whole catalog, for namespaces, or for what is in a domain. */
export class GrantRole {
  constructor(
    private readonly parts: AccessParts,
    private readonly catalog: Pick<CatalogReader, 'definitions'>,
  ) {}

  /** Throws INVALID_INPUT with faults, also for a domain that there is not, and FORBIDDEN for a role with scopes that the asker lacks. */
  async execute(asker: Asker, { subject, role, namespaces, domain = null }: NewBinding): Promise<BindingRow> {
    const isSubject = SUBJECT.test(subject) && subject.length <= 500 && isPlainText(subject);
    const detail = 'must be user:<issuer>#<subject>, email:<address>, group:<name> or token:<id>';
    const place = domain === null ? null : (respellNodeId(domain) ?? null);
    refuseFaults('The role cannot be bound like this', [
      ...(isSubject ? [] : [{ pointer: '/subject', ...coded('NO_SUBJECT', detail) }]),
      ...(domain === null ? [] : await this.#domainFaults(role, place)),
    ]);
    requireHeld(asker, SCOPES_OF_ROLE[role]);
    const binding: BindingRow = {
      id: this.parts.ids.uuid(),
      subject: subject.startsWith('email:') ? subject.toLowerCase() : subject,
      role,
      namespaces: namespaces === null ? null : checkGlobs(namespaces, '/namespaces'),
      domain: place,
      createdAt: this.parts.clock.now(),
      createdBy: asker.principal.id,
    };
    const said = {
      ...{ binding: binding.id, subject: binding.subject, role, namespaces: binding.namespaces },
      ...(place === null ? {} : { domain: place }),
    };
    const change = { kind: 'ADD_BINDING', binding } as const;
    await recordChange(this.parts, asker, { type: 'ROLE_GRANTED', ...said }, [change], { type: 'BINDING', binding });
    return binding;
  }

  async #domainFaults(role: Role, domain: NodeId | null): Promise<readonly InputFault[]> {
    const pointer = '/domain';
    if (!DOMAIN_ROLES.includes(role))
      return [
        {
          pointer,
          ...coded(
            'ROLE_OF_NO_DOMAIN',
            `is for the roles ${DOMAIN_ROLES.join(' and ')}: ${role} edits nothing in a domain alone`,
            { role, roles: DOMAIN_ROLES.join(', ') },
          ),
        },
      ];
    if (domain === null || kindOf(domain) !== 'DOMAIN') return domainFault(pointer, domain ?? '');
    const known = await this.catalog.definitions([domain], nowBy(this.parts.clock));
    return known.has(domain)
      ? []
      : [{ pointer, ...coded('NO_SUCH_DOMAIN', `there is no such domain: ${domain}`, { domain }) }];
  }
}
