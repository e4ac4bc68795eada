import type { GraphChange } from '@headwater/domain/graph';

/**
 * A list of graph changes as it is stored: texts that occur once, then a tuple a change. Ids have a hundred characters and
 * more and stand in a change several times, so that this takes a third of what the objects do.
 */
export type PackedChanges = readonly [texts: readonly string[], ...changes: readonly PackedChange[]];

type PackedChange = readonly [op: number, ...values: readonly unknown[]];

interface Shape {
  readonly op: GraphChange['op'];
  /** Where the change holds its object. */
  readonly member: 'node' | 'row';
  /** Members of that object which hold a text that others hold as well, or null. */
  readonly texts: readonly string[];
  readonly values: readonly string[];
  /** Members of the change itself. */
  readonly own: readonly string[];
}

const EDGE_ENDS = ['kind', 'from', 'to'] as const;
const CLOSED = ['recordedTo'] as const;
const RECORDED = ['rowId', 'recordedFrom', 'recordedTo'] as const;
const BITEMPORAL = [...RECORDED, 'validFrom', 'validTo'] as const;

// Their order is part of what is stored: a new one goes to the end.
const SHAPES: readonly Shape[] = [
  { op: 'node', member: 'node', texts: ['id', 'kind', 'displayName'], values: ['placeholder'], own: [] },
  {
    op: 'openEdge',
    member: 'row',
    texts: [...EDGE_ENDS, 'evidence', 'producer', 'job'],
    values: ['confidence', 'transformations', ...BITEMPORAL],
    own: [],
  },
  { op: 'closeEdge', member: 'row', texts: EDGE_ENDS, values: ['rowId'], own: CLOSED },
  { op: 'openPair', member: 'row', texts: ['job', 'input', 'output'], values: BITEMPORAL, own: [] },
  { op: 'closePair', member: 'row', texts: ['job', 'input', 'output'], values: ['rowId'], own: CLOSED },
  { op: 'openRestriction', member: 'row', texts: ['job', 'mode'], values: BITEMPORAL, own: [] },
  { op: 'closeRestriction', member: 'row', texts: ['job'], values: ['rowId'], own: CLOSED },
  { op: 'openAlias', member: 'row', texts: ['member', 'canonical'], values: RECORDED, own: [] },
  { op: 'closeAlias', member: 'row', texts: ['member', 'canonical'], values: ['rowId'], own: CLOSED },
];
const NUMBER_OF = new Map(SHAPES.map(({ op }, number) => [op, number]));

type Members = Record<string, unknown>;

/** The changes as they are stored; {@link unpackChanges} gives them back. */
export function packChanges(changes: readonly GraphChange[]): PackedChanges {
  const numbers = new Map<string, number>();
  const numberOf = (text: string | null): number | null => {
    if (text === null) return null;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const packed = changes.map((change): PackedChange => {
    const number = NUMBER_OF.get(change.op);
    const shape = number === undefined ? undefined : SHAPES[number];
    // Stored under another shape it would be lost without a word.
    if (number === undefined || shape === undefined) throw new Error(`no stored form of the graph change ${change.op}`);
    const { member, texts, values, own } = shape;
    const held = (change as unknown as Record<string, Members>)[member] as Members;
    return [
      number,
      ...texts.map((name) => numberOf(held[name] as string | null)),
      ...values.map((name) => held[name]),
      ...own.map((name) => (change as unknown as Members)[name]),
    ];
  });
  return [[...numbers.keys()], ...packed];
}

/** What {@link packChanges} was given. */
export function unpackChanges([texts, ...packed]: PackedChanges): readonly GraphChange[] {
  return packed.map(([number, ...parts]) => {
    const shape = SHAPES[number] as Shape;
    const held: Members = {};
    const change: Members = { op: shape.op, [shape.member]: held };
    let at = 0;
    for (const name of shape.texts) {
      const text = parts[at++] as number | null;
      held[name] = text === null ? null : texts[text];
    }
    for (const name of shape.values) held[name] = parts[at++];
    for (const name of shape.own) change[name] = parts[at++];
    return change as unknown as GraphChange;
  });
}
