import type { TypedDocumentNode } from '@urql/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Section } from '../../ui/page.js';
import { Nothing } from './asset-parts.js';
import type { RunPage } from './run-fragments.js';
import type { GanttMode } from './gantt-geometry.js';
import { RunTimeline } from './gantt.js';
import { runThen } from './run-then.js';
import { Later, useListThen } from './then.js';

interface RunsTabProps<D> {
  readonly id: string;
  readonly query: TypedDocumentNode<D, { id: string; after: string | null }>;
  readonly pageOf: (data: D) => RunPage | undefined;
  readonly first?: RunPage;
  readonly of: 'JOB' | 'MIXED';
  readonly initialMode: GanttMode;
  readonly title?: string;
  readonly empty?: string;
  readonly actions?: ReactNode;
}

/** A list of runs as bars over time, page by page. */
export function RunsTab<D>({ id, query, pageOf, first, of, initialMode, title, empty, actions }: RunsTabProps<D>) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id }), [id]);
  const connection = useConnection({ query, variables, pageOf, first });
  const { list, later } = useListThen(connection, ({ node }, asOf) => runThen(node, asOf) !== null);
  return (
    <Section title={title ?? t('runs')} actions={actions}>
      {list.edges === undefined ? null : list.edges.length === 0 ? (
        <Nothing>{later > 0 ? t('noRunsYet') : (empty ?? t('noRuns'))}</Nothing>
      ) : (
        <RunTimeline runs={list.edges.map(({ node }) => node)} of={of} initialMode={initialMode} />
      )}
      <Later of="laterRuns" count={later} />
      <ConnectionEnd connection={list} />
    </Section>
  );
}
