import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Time } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import classes from './asset.module.css';
import { oncePerRun, type MetricSeries } from './metric-series.js';
import { OUTCOME_LOOKS, Outcome, outcomeOf } from './outcome.js';
import type { Metric } from './quality-query.js';
import { useAsOf } from './use-as-of.js';

const SHOWN = 20;

/** Earlier outcomes as signs; their number is told in words beside them. */
function History({ points }: { readonly points: readonly Metric[] }) {
  const { t } = useTranslation('quality');
  const shown = points.slice(-SHOWN);
  const held = shown.filter((point) => outcomeOf(point) === 'held').length;
  return (
    <Group gap="xs" title={t('history')}>
      <span className={classes['outcomes']} aria-hidden>
        {shown.map((point) => {
          const { Icon, color } = OUTCOME_LOOKS[outcomeOf(point)];
          return <Icon key={`${point.at} ${String(point.value)}`} size={14} color={color} stroke={2.2} />;
        })}
      </span>
      <Text size="xs" className="hw-quiet">
        {t('heldOf', { held: String(held), count: shown.length })}
      </Text>
    </Group>
  );
}

/** Assertions and tests: whether each held when it was last made, and before. Those that did not hold come first. */
export function ChecksTable({ checks }: { readonly checks: readonly MetricSeries<Metric>[] }) {
  const { t } = useTranslation('quality');
  const asOf = useAsOf();
  const ordered = [
    ...checks.filter(({ latest }) => outcomeOf(latest) === 'failed'),
    ...checks.filter(({ latest }) => outcomeOf(latest) === 'held'),
  ];
  return (
    <WideTable
      minWidth={800}
      label={t('checks')}
      heads={(['state', 'measure', 'field', 'measuredAt', 'history'] as const).map((head) => t(head))}
    >
      {ordered.map(({ key, latest, points }) => (
        <Table.Tr key={key} style={{ verticalAlign: 'top' }}>
          <Table.Td>
            <Outcome metric={latest} />
          </Table.Td>
          <Table.Td className="hw-name">
            {latest.label ?? latest.name}
            <Text size="xs" className="hw-quiet hw-name">
              {[latest.label === null ? null : latest.name, t(`side.${latest.side}`), latest.producer]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Table.Td>
          <Table.Td className="hw-name">
            {latest.field === null ? (
              (latest.column ?? (
                <span className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
                  {t('wholeDataset')}
                </span>
              ))
            ) : (
              <PageLink to={assetHref(latest.field.id, { asOf })} inherit>
                {latest.column ?? ''}
              </PageLink>
            )}
          </Table.Td>
          <Table.Td>
            {latest.run === null ? (
              <Time at={latest.at} />
            ) : (
              <PageLink to={assetHref(latest.run.id, { asOf })} inherit>
                <Time at={latest.at} />
              </PageLink>
            )}
          </Table.Td>
          <Table.Td>
            <History points={oncePerRun(points)} />
          </Table.Td>
        </Table.Tr>
      ))}
    </WideTable>
  );
}
