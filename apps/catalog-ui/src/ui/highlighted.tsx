/** A text with the ranges that a search matched, in UTF-16 units as the API counts them. */
export function Highlighted({
  text,
  ranges,
}: {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}) {
  const parts: (string | { readonly at: number; readonly marked: string })[] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), { at: start, marked: text.slice(start, end) });
    at = end;
  }
  parts.push(text.slice(at));
  return (
    <span className="hw-name">
      {parts.map((part) => (typeof part === 'string' ? part : <mark key={part.at}>{part.marked}</mark>))}
    </span>
  );
}
