import type { Principal } from '@headwater/domain/access/principal';
import { definitionEditBytes, type DefinitionEdit } from '@headwater/domain/governance/definition-edit';
import type { EditHead } from '@headwater/domain/governance/edit-head';
import { lacking } from '../access/lacking.js';
import { headOf, recordOnce, type EditPorts, type EditRequest, type RecordedEdit } from './record-edit.js';

/**
 * Records an edit of something that is of the whole catalog, `what` in words. Throws FORBIDDEN for who may see or edit a
 * part of the catalog only, INVALID_INPUT for a position of another log, CONFLICT (KEY_USED).
 */
export function recordDefinition(
  ports: EditPorts,
  principal: Principal,
  request: EditRequest,
  what: string,
  edit: (head: EditHead) => DefinitionEdit,
): Promise<RecordedEdit> {
  requireWhole(principal, what);
  return recordDefined(ports, principal, request, edit(headOf(ports, principal, request)));
}

/** The same for who was found to have the right. */
export function recordDefined(
  ports: EditPorts,
  principal: Principal,
  request: EditRequest,
  made: DefinitionEdit,
): Promise<RecordedEdit> {
  // An edit of a definition follows from its request alone, but for an id of its own where it has no key.
  const { id: _id, by: _by, ...asked } = made;
  return recordOnce(ports, principal, { key: request.idempotencyKey, asked: ['definition', asked] }, () =>
    Promise.resolve(definitionEditBytes(made)),
  );
}

/** Whether somebody may see and edit the whole catalog. */
export function mayDefine(principal: Principal): boolean {
  return principal.lacks(['catalog:read', 'catalog:edit']).length === 0;
}

/** Throws FORBIDDEN for who may see or edit a part of the catalog only. */
export function requireWhole(principal: Principal, what: string): void {
  if (mayDefine(principal)) return;
  throw lacking(principal, `${what} are of the whole catalog, and you may see or edit a part of it`, {
    scope: 'catalog:edit',
  });
}
