import { coded, type InputFault, type Told } from '../errors.js';
import type { NodeId } from '../identifiers.js';
import type { PropertyDefinition, PropertyRow, PropertyType } from './definition.js';
import { formatMicros } from '../time.js';
import { microsOf, readValue } from './property-values.js';

/** What a search asks of one property of each asset. */
export interface PropertyCondition {
  readonly property: NodeId;
  readonly type: PropertyType;
  /** False: that it has no value at all; nothing else is asked then. */
  readonly isHad: boolean;
  /** Any of these, as they are kept; null: whichever. */
  readonly values: readonly string[] | null;
  /** Bounds of a NUMBER, or as {@link numberOf} of a DATE and a DATE_TIME, both included; null: none. */
  readonly from: number | null;
  readonly to: number | null;
}

/** What somebody asks of a property, as they write it. */
export interface AskedProperty {
  readonly isHad: boolean;
  readonly values: readonly string[] | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** Whether there are so few values of a type that assets are counted by each. */
export function isCounted(type: PropertyType): boolean {
  return type === 'ENUM' || type === 'BOOLEAN';
}

/** Where a value stands among others of its type; null where they have no order that is asked for. */
export function numberOf(type: PropertyType, value: string): number | null {
  if (type === 'NUMBER') return Number(value);
  return type === 'DATE' || type === 'DATE_TIME' ? microsOf(type, value) : null;
}

/** A bound as {@link conditionOf} takes it; null for none. */
export function boundText(type: PropertyType, bound: number | null): string | null {
  if (bound === null) return null;
  if (type === 'NUMBER') return String(bound);
  return type === 'DATE' ? formatMicros(bound).slice(0, 10) : formatMicros(bound);
}

/** The condition, or why it cannot be asked of the property: as a pointer behind the condition, and what would fit. */
export function conditionOf(
  { id, body }: Pick<PropertyRow, 'id' | 'body'>,
  { isHad, values, from, to }: AskedProperty,
): PropertyCondition | InputFault {
  const { type } = body;
  if (!isHad && (values !== null || from !== null || to !== null))
    return { pointer: '/has', ...coded('LEFT_OUT', 'must not be false where values or bounds are asked for') };
  const read: string[] = [];
  for (const [index, text] of (values ?? []).entries()) {
    const value = readValue(unbound(body), text);
    if ('fault' in value) return { pointer: `/values/${String(index)}`, ...value.fault };
    read.push(value.text);
  }
  const bounds = { from: boundOf(body, from), to: boundOf(body, to) };
  for (const [member, bound] of Object.entries(bounds))
    if (bound !== null && typeof bound === 'object') return { pointer: `/${member}`, ...bound };
  return { property: id, type, isHad, values: values === null ? null : read, ...bounds } as PropertyCondition;
}

/** Values that do not fit any more are asked for, too. */
function unbound(body: PropertyDefinition): PropertyDefinition {
  return { ...body, min: null, max: null };
}

function boundOf(body: PropertyDefinition, text: string | null): number | Told | null {
  if (text === null) return null;
  const { name, type } = body;
  if (type !== 'NUMBER' && type !== 'DATE' && type !== 'DATE_TIME')
    return coded('NO_ORDER', `must be absent: ${name} is no number, date or moment`, { property: name });
  const value = readValue(unbound(body), text);
  return 'fault' in value ? value.fault : numberOf(type, value.text);
}

/** Whether values, as they are kept, meet a condition; `values` undefined: there are none. */
export function meets({ type, isHad, ...asked }: PropertyCondition, values: readonly string[] | undefined): boolean {
  if (values === undefined || !isHad) return isHad === (values !== undefined);
  return values.some((value) => {
    if (asked.values !== null && !asked.values.includes(value)) return false;
    if (asked.from === null && asked.to === null) return true;
    const number = numberOf(type, value);
    return number !== null && (asked.from ?? number) <= number && number <= (asked.to ?? number);
  });
}
