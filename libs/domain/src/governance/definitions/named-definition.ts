import type { NodeId, NodeKind } from '../../identifiers.js';
import { recordAt, stringAt, type Body } from '../../projection/body-reader.js';
import type { DefinitionRow } from '../definition.js';
import type { Held } from '../held.js';
import type { EditHead } from '../edit-head.js';
import type { EditedPart } from '../edited-part.js';
import {
  conflictOf,
  type DefinitionModule,
  type DefinitionWorld,
  type EditProblem,
  type MadeDefinition,
} from './definition-module.js';
import { isIdOf, type Members } from './members.js';

/** A definition comes to be, some of it becomes other, or it is no more. */
export type NamedChange<Of> =
  | { readonly action: 'CREATE'; readonly body: Of }
  /** What is absent stays as it is. */
  | { readonly action: 'CHANGE'; readonly body: Partial<Of> }
  | { readonly action: 'REMOVE' };

export type NamedEdit<Of> = EditHead & { readonly node: NodeId } & NamedChange<Of>;

/** A kind of definition whose edits can be told to fit before they are made. */
export interface NamedModule<Of> extends DefinitionModule<NamedEdit<Of>> {
  /** The body that a change makes. */
  bodyOf(change: NamedWrite<Of>, held: DefinitionRow | undefined): Of;
  /** What speaks against an edit that takes nothing away. */
  problemOf(edit: EditHead & NamedWrite<Of>, held: DefinitionRow | undefined, world: Known): EditProblem | null;
}

export type NamedWrite<Of> = { readonly node: NodeId } & Exclude<NamedChange<Of>, { readonly action: 'REMOVE' }>;

type Known = Pick<DefinitionWorld, 'definitions' | 'parts'>;

interface NamedKind<Of, HeldOf> {
  readonly kind: MadeDefinition['kind'] & NodeKind;
  readonly members: Members<Of>;
  /** What speaks against such a body. */
  misfit(body: Of, node: NodeId, world: Known): EditProblem | null;
  /** What speaks against a change of it while something has it; absent: nothing does. */
  unfit?(body: Of, before: HeldOf, node: NodeId, world: DefinitionWorld): Promise<EditProblem | null>;
  /** What is kept of a body, `before` being what was kept so far; absent: the body as it is. */
  hold?(body: Of, before: HeldOf | undefined, now: Held): HeldOf;
  /** What would be left without it, in words; null: nothing. */
  usesOf(node: NodeId, world: DefinitionWorld): Promise<string | null>;
}

/** A kind of definition that has keys, and members that change one by one. */
export function namedDefinition<Of extends object, HeldOf extends Of = Of>(of: NamedKind<Of, HeldOf>): NamedModule<Of> {
  const { kind, members } = of;
  const bodyOf = (change: NamedWrite<Of>, held: DefinitionRow | undefined): Of =>
    ({ ...(held?.kind === kind ? held.body : {}), ...change.body }) as Of;
  return {
    bodyOf,

    problemOf: (edit, held, world) => unfitFor(edit, held) ?? of.misfit(bodyOf(edit, held), edit.node, world),

    isOf: (node) => isIdOf(node, kind),

    read({ body: edit, head }) {
      const node = stringAt(edit, 'node');
      if (!isIdOf(node, kind)) return undefined;
      const action = stringAt(edit, 'action');
      if (action === 'REMOVE') return { ...head, node, action };
      const body = readBody(members, recordAt(edit, 'body') ?? {});
      if (body === undefined) return undefined;
      if (action === 'CHANGE') return { ...head, node, action, body };
      const whole = action === 'CREATE' ? completed(members, body) : undefined;
      return whole === undefined ? undefined : { ...head, node, action: 'CREATE', body: whole };
    },

    async make(edit, held, { receivedAt: since, position }, world) {
      const before = held?.kind === kind ? held : undefined;
      const unfit = unfitFor(edit, before);
      if (unfit !== null) return unfit;
      if (edit.action === 'REMOVE') {
        const uses = await of.usesOf(edit.node, world);
        if (uses === null) return null;
        return {
          code: 'EDIT_OF_USED',
          message: `a ${kind.toLowerCase().replaceAll('_', ' ')} was to be removed that has ${uses}`,
        };
      }
      const body = bodyOf(edit, before);
      const misfit = of.misfit(body, edit.node, world);
      if (misfit !== null) return misfit;
      const unfits = before === undefined ? null : await of.unfit?.(body, before.body as HeldOf, edit.node, world);
      if (unfits !== null && unfits !== undefined) return unfits;
      const now = { since, enteredBy: edit.by.name, position };
      const kept = of.hold?.(body, before?.body as HeldOf | undefined, now) ?? body;
      return { kind, body: kept } as unknown as MadeDefinition;
    },

    outline(edit) {
      const { node: on, action } = edit;
      if (action === 'REMOVE') return [{ action: 'WITHDRAW', part: 'DEFINITION', on, value: null, detail: null }];
      const made: EditedPart[] =
        action === 'CREATE' ? [{ action: 'STATE', part: 'DEFINITION', on, value: null, detail: null }] : [];
      const told = keysOf(members).flatMap((key): readonly EditedPart[] => {
        const given = edit.body[key];
        if (given === undefined) return [];
        const value = members[key].tell(given);
        if (value === null && action === 'CREATE') return [];
        return [{ action: value === null ? 'WITHDRAW' : 'STATE', part: members[key].part, on, value, detail: null }];
      });
      return [...made, ...told];
    },
  };
}

function keysOf<Of>(members: Members<Of>): readonly (keyof Of & string)[] {
  return Object.keys(members) as (keyof Of & string)[];
}

function readBody<Of>(members: Members<Of>, given: Body): Partial<Of> | undefined {
  const body: Partial<Of> = {};
  for (const key of keysOf(members)) {
    if (!Object.hasOwn(given, key)) continue;
    const value = members[key].read(given, key);
    if (value === undefined) return undefined;
    body[key] = value;
  }
  return body;
}

/** Undefined where something is missing that must be said. */
function completed<Of>(members: Members<Of>, body: Partial<Of>): Of | undefined {
  const whole: Partial<Of> = {};
  for (const key of keysOf(members)) {
    const value = body[key] ?? members[key].absent;
    if (value === undefined) return undefined;
    whole[key] = value;
  }
  return whole as Of;
}

/** What speaks against an edit, whatever it says. */
function unfitFor<Of>(edit: NamedEdit<Of>, held: { readonly position: number } | undefined): EditProblem | null {
  if (edit.action === 'CREATE')
    return held === undefined ? null : { code: 'EDIT_OF_KNOWN', message: 'something was to be defined that is there' };
  if (held === undefined)
    return { code: 'EDIT_OF_UNKNOWN', message: 'an edit of something that the catalog does not have' };
  return conflictOf(edit, held.position);
}
