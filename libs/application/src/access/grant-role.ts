import type { BindingRow } from '@headwater/domain/access/access-store';
import { checkGlobs } from '@headwater/domain/access/namespace-rule';
import { SCOPES_OF_ROLE, type Role } from '@headwater/domain/access/scopes';
import { isPlainText, recordChange, refuseFaults, requireHeld, type AccessParts, type Asker } from './access-parts.js';

const SUBJECT = /^(?:user:.+#.+|email:[^\s@]+@[^\s@]+|group:.+|token:[0-9a-z]{12})$/u;

export interface NewBinding {
  /** `user:<issuer>#<subject>`, `email:<address>`, `group:<name>` or `token:<id>`. */
  readonly subject: string;
  readonly role: Role;
  /** Null: the whole catalog. */
  readonly namespaces: readonly string[] | null;
}

/** Binds a role to a user, a group or a token, for the whole catalog or for namespaces. */
export class GrantRole {
  constructor(private readonly parts: AccessParts) {}

  /** Throws INVALID_INPUT with faults, and FORBIDDEN for a role with scopes that the asker lacks. */
  async execute(asker: Asker, { subject, role, namespaces }: NewBinding): Promise<BindingRow> {
    const isSubject = SUBJECT.test(subject) && subject.length <= 500 && isPlainText(subject);
    const detail = 'must be user:<issuer>#<subject>, email:<address>, group:<name> or token:<id>';
    refuseFaults('The role cannot be bound like this', isSubject ? [] : [{ pointer: '/subject', detail }]);
    requireHeld(asker, SCOPES_OF_ROLE[role]);
    const binding: BindingRow = {
      id: this.parts.ids.uuid(),
      subject: subject.startsWith('email:') ? subject.toLowerCase() : subject,
      role,
      namespaces: namespaces === null ? null : checkGlobs(namespaces, '/namespaces'),
      createdAt: this.parts.clock.now(),
      createdBy: asker.principal.id,
    };
    const said = { binding: binding.id, subject: binding.subject, role, namespaces: binding.namespaces };
    const change = { kind: 'ADD_BINDING', binding } as const;
    await recordChange(this.parts, asker, { type: 'ROLE_GRANTED', ...said }, [change], { type: 'BINDING', binding });
    return binding;
  }
}
