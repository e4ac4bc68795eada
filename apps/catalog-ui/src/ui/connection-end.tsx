import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../lib/use-connection.js';
import { Loading, ProblemPanel } from './problem.js';

interface ConnectionEndProps<E> {
  readonly connection: Connection<E>;
  /** How many bars stand for what is on its way. */
  readonly lines?: number;
}

/** What stands behind a list: bars while it loads, what failed, or the way to more. */
export function ConnectionEnd<E>({ connection, lines = 3 }: ConnectionEndProps<E>) {
  const { t } = useTranslation();
  const { edges, error, hasMore, isLoading, more, retry } = connection;
  return (
    <>
      {error === undefined ? null : <ProblemPanel error={error} onRetry={retry} />}
      {edges === undefined && isLoading ? <Loading lines={lines} /> : null}
      {hasMore && error === undefined ? (
        <Group className="hw-noprint">
          <Button variant="default" size="compact-md" onClick={more} loading={isLoading}>
            {t('more')}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
