import type { ComboboxItem, OptionsFilter } from '@mantine/core';

/** Options that have the text, those that are called so first, then those that begin so; else in the order of the graph. */
export const closestFirst: OptionsFilter = ({ options, search, limit }) => {
  const text = search.trim().toLocaleLowerCase();
  const items = options.filter((option): option is ComboboxItem => 'value' in option);
  return items
    .flatMap((item) => {
      const label = item.label.toLocaleLowerCase();
      const [title = ''] = label.split(' · ');
      return label.includes(text) ? [{ item, rank: rankOf(title, text) }] : [];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ item }) => item);
};

function rankOf(title: string, text: string): number {
  if (title === text) return 0;
  if (title.startsWith(text)) return 1;
  return title.includes(text) ? 2 : 3;
}
