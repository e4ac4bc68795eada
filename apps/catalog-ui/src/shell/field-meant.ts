interface Match {
  readonly field: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

const lengthOf = ({ ranges }: Match): number => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

/** The field that has most of what was asked for; null where a name has as much of it. */
export function fieldMeant<M extends Match>(highlights: readonly M[]): M | null {
  const longest = (field: string): M | undefined =>
    highlights.filter((match) => match.field === field).sort((a, b) => lengthOf(b) - lengthOf(a))[0];
  const [field, name] = [longest('FIELD'), longest('NAME')];
  return field === undefined || (name !== undefined && lengthOf(name) >= lengthOf(field)) ? null : field;
}
