import { coded, type InputFault } from '@headwater/domain/errors';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { parseNodeId, type NodeKind } from '@headwater/domain/identifiers';
import { isPlainText, textFault } from '../access/access-parts.js';

/** More than a description of a table needs, and less than a page takes long to draw. */
const MOST_CHARACTERS = 20_000;

/** What is wrong with a change, by pointers into the input of its mutation. */
export function checkChange({ action, kind, value, detail }: Pick<FactEdit, 'action' | 'kind' | 'value' | 'detail'>) {
  const faults: InputFault[] = [];
  const isStated = action === 'STATE';
  if (kind === 'OWNER') {
    faults.push(...agentFault('/agent', value));
    if (detail !== null) faults.push(...textFault('/role', detail), ...(isStated ? roleFault('/role', detail) : []));
  }
  if (kind === 'TAG' || kind === 'NOT_SUGGESTED') faults.push(...textFault('/tag', value));
  if (kind === 'TAG' && isStated) faults.push(...tagFault('/tag', value));
  if (kind === 'DESCRIPTION' && action === 'STATE') {
    faults.push(...markdownFault('/text', value));
  }
  if (kind === 'DOMAIN' && action === 'STATE') faults.push(...domainFault('/domain', value));
  if (kind === 'TERM') faults.push(...termFault('/term', value));
  if (kind === 'PROPERTY') faults.push(...propertyFault('/property', value));
  if (kind === 'PRODUCT') faults.push(...productFault('/product', value));
  if (kind === 'LOGICAL') faults.push(...logicalFault('/logicalDataset', value));
  return faults;
}

/** A role that no line of a file could name: `=` ends a role there, and `|` an owner. */
export function roleFault(pointer: string, role: string): readonly InputFault[] {
  if (!/[=|]/u.test(role)) return [];
  return [{ pointer, ...coded('ROLE_CHARACTERS', 'must have neither an equals sign nor a vertical bar') }];
}

/** A tag that no rule could tell from others: `*` is every tag there, and what is before `=` is the key. */
function tagFault(pointer: string, tag: string): readonly InputFault[] {
  if (tag.trim() !== '*' && !/^\s*=/u.test(tag)) return [];
  return [{ pointer, ...coded('TAG_WITHOUT_KEY', 'must be key or key=value, and its key neither empty nor *') }];
}

/** A text in Markdown, as a fault where it is none or too long. */
export function markdownFault(pointer: string, text: string): readonly InputFault[] {
  const isText = text.trim().length > 0 && isPlainText(text.replace(/[\n\r\t]/g, ''));
  if (isText && text.length <= MOST_CHARACTERS) return [];
  const detail = `must have 1 to ${String(MOST_CHARACTERS)} characters, line breaks among them`;
  return [{ pointer, ...coded('MARKDOWN_LENGTH', detail, { most: MOST_CHARACTERS }) }];
}

/** The id of an agent, as a fault where it is none. */
export function agentFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'AGENT')) return [];
  return [
    {
      pointer,
      ...coded('NOT_AN_ID', 'must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims', {
        kind: 'AGENT',
      }),
    },
  ];
}

/** The id of a domain, as a fault where it is none. */
export function domainFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'DOMAIN')) return [];
  return [
    {
      pointer,
      ...coded('NOT_AN_ID', 'must be the id of a domain: domain:<key>, such as domain:claims', { kind: 'DOMAIN' }),
    },
  ];
}

/** The id of a term, as a fault where it is none. */
export function termFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'TERM')) return [];
  return [
    { pointer, ...coded('NOT_AN_ID', 'must be the id of a term: term:<key>, such as term:claim', { kind: 'TERM' }) },
  ];
}

/** The id of a data product, as a fault where it is none. */
export function productFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'DATA_PRODUCT')) return [];
  return [
    {
      pointer,
      ...coded('NOT_AN_ID', 'must be the id of a data product: product:<key>, such as product:claims', {
        kind: 'DATA_PRODUCT',
      }),
    },
  ];
}

/** The id of a custom property, as a fault where it is none. */
export function propertyFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'PROPERTY')) return [];
  return [
    {
      pointer,
      ...coded('NOT_AN_ID', 'must be the id of a property: property:<key>, such as property:retention', {
        kind: 'PROPERTY',
      }),
    },
  ];
}

/** The id of a logical dataset, as a fault where it is none. */
export function logicalFault(pointer: string, id: string): readonly InputFault[] {
  if (isNamed(id, 'LOGICAL_DATASET')) return [];
  return [
    {
      pointer,
      ...coded('NOT_AN_ID', 'must be the id of a logical dataset: logical:<key>, such as logical:orders', {
        kind: 'LOGICAL_DATASET',
      }),
    },
  ];
}

/** Whether an id is of that kind and no part of it is empty. */
function isNamed(id: string, kind: NodeKind): boolean {
  const parsed = parseNodeId(id);
  return parsed?.kind === kind && parsed.segments.every((segment) => segment.trim() !== '');
}
