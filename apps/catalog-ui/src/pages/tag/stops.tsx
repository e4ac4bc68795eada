import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page.js';
import { Way } from '../../ui/way.js';
import { WideTable } from '../../ui/wide-table.js';
import type { Stop } from './tag-query.js';

/** Why it ends, in the words of who said so where somebody did, with what happens to the values. */
function Because({ stop: { because, enteredBy, reason, transformations } }: { readonly stop: Stop }) {
  const { t } = useTranslation('tag');
  const said = enteredBy === null ? null : reason === null ? enteredBy : t('by', { name: enteredBy, reason });
  const ways = new Set(transformations.map(({ type, subtype }) => [type, subtype].filter(Boolean).join(' ')));
  return (
    <>
      <Text size="sm">{t(`because.${because}`)}</Text>
      {[said ?? [...ways].join(', ')].filter(Boolean).map((text) => (
        <Text key={text} size="xs" className="hw-quiet hw-name">
          {text}
        </Text>
      ))}
    </>
  );
}

interface StopsProps {
  /** The first of them. */
  readonly stops: readonly Stop[];
  readonly total: number;
  readonly asOf: string | null;
}

/** Where a tag does not go on. */
export function Stops({ stops, total, asOf }: StopsProps) {
  const { t, i18n } = useTranslation('tag');
  if (stops.length === 0) return null;
  const more = total - stops.length;
  return (
    <Section title={t('stops')}>
      <Text className="hw-quiet">{t('stopsHint')}</Text>
      <WideTable label={t('stops')} heads={[t('stopFrom'), t('stopTo'), t('why')]}>
        {stops.map((stop) => (
          <Table.Tr key={`${stop.from} ${stop.to} ${stop.tag?.name ?? ''}`} style={{ verticalAlign: 'top' }}>
            {[stop.from, stop.to].map((id) => (
              <Table.Td key={id}>
                <Way ids={[id]} hidden={t('hidden')} asOf={asOf} />
              </Table.Td>
            ))}
            <Table.Td>
              <Because stop={stop} />
            </Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
      {more > 0 ? (
        <Text className="hw-quiet">{t('moreStops', { count: more, total: more.toLocaleString(i18n.language) })}</Text>
      ) : null}
    </Section>
  );
}
