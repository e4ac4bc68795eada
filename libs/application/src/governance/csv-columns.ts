import { coded, type InputFault, type Told } from '@headwater/domain/errors';

/** What is wrong with a header that lacks the column of the keys. */
export function noKeyColumn(columns: readonly string[], known: readonly string[], key: string): Told {
  const hint = separatorHint(columns);
  const there = known.join(', ');
  const detail = `must name the columns, and "${key}" among them: ${there}${hint}`;
  return coded(hint === '' ? 'NO_COLUMNS' : 'COLUMNS_PARTED', detail, { known: there, key });
}

/** What is wrong with a header that names columns that there are not, or one twice; null where it does neither. */
export function otherColumns(columns: readonly string[], known: readonly string[]): Told | null {
  const unknown = columns.filter((column) => !known.includes(column)).join(', ');
  const there = known.join(', ');
  if (unknown !== '')
    return coded('OTHER_COLUMNS', `names columns that there are not: ${unknown}. There are: ${there}`, {
      ...{ unknown, known: there },
    });
  return new Set(columns).size < columns.length ? coded('COLUMN_TWICE', 'names a column twice') : null;
}

/** What is wrong with a row that has not as many cells as there are columns. */
export function cellsProblem({ length }: readonly string[], columns: readonly string[]): readonly InputFault[] {
  if (length === columns.length) return [];
  const detail = `has ${String(length)} cells where the header names ${String(columns.length)}`;
  return [{ pointer: '', ...coded('ROW_CELLS', detail, { cells: length, columns: columns.length }) }];
}

/** What to do about a header of one cell that other characters part, as spreadsheets of some languages write it; '' else. */
function separatorHint(columns: readonly string[]): string {
  const [only = ''] = columns;
  if (columns.length !== 1) return '';
  const found = [
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ].find(([character = '']) => only.includes(character));
  return found === undefined ? '' : `. Its cells are parted by ${found[1] ?? ''}: save it with commas between them`;
}
