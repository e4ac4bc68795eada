import { Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../lib/use-connection.js';
import { RunStateBadge, type ShownState } from '../../ui/run-state.js';
import { runThen, type RunMoments } from './run-then.js';
import { useAsOf } from './use-as-of.js';

/** The part of a list that was there at the moment asked about. */
interface ListThen<E> {
  readonly list: Connection<E>;
  /** How many came later, as far as the list was read. */
  readonly later: number;
}

// What is further in the past is asked for by hand.
const READS_ON_TO = 500;

/**
 * Leaves out what was not there yet at the moment that the address asks about. The latest come first in these lists: it
 * reads on by itself while all of them came later.
 */
export function useListThen<E>(
  connection: Connection<E>,
  wasThere: (edge: E, asOf: string | null) => boolean,
): ListThen<E> {
  const asOf = useAsOf();
  const { edges, hasMore, isLoading, error, more } = connection;
  const there = asOf === null ? edges : edges?.filter((edge) => wasThere(edge, asOf));
  const isBefore = asOf !== null && there?.length === 0 && hasMore && error === undefined;
  const readsOn = isBefore && !isLoading && (edges?.length ?? 0) < READS_ON_TO;
  useEffect(() => {
    if (readsOn) more();
  }, [readsOn, more]);
  const isReading = readsOn || (isBefore && isLoading);
  return {
    list: { ...connection, edges: isReading ? undefined : there, isLoading: isLoading || isReading },
    later: isReading ? 0 : (edges?.length ?? 0) - (there?.length ?? 0),
  };
}

type LaterThings = 'laterEvents' | 'laterFacets' | 'laterRuns' | 'laterSchemas' | 'laterVersions';

/** Tells that there are later ones than those shown. */
export function Later({ of, count }: { readonly of: LaterThings; readonly count: number }) {
  const { t } = useTranslation('asset');
  return count === 0 ? null : <Text className="hw-quiet">{t(of, { count })}</Text>;
}

interface RunStateThenProps {
  readonly run: RunMoments & { readonly state: ShownState };
}

/** How a run stood at the moment asked about; where that is not known, how it stands now, and that it is of now. */
export function RunStateThen({ run }: RunStateThenProps) {
  const { t } = useTranslation('asset');
  const then = runThen(run, useAsOf());
  return (
    <Group component="span" gap={4} wrap="nowrap">
      <RunStateBadge state={(then?.run ?? run).state} />
      {then?.isOfNow === false ? null : (
        <Text component="span" size="xs" className="hw-quiet">
          {t('ofNow')}
        </Text>
      )}
    </Group>
  );
}
