import type { TypedDocumentNode } from '@urql/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Section } from '../../ui/page.js';
import { Nothing, PresentOnly } from './asset-parts.js';
import type { RunPage } from './run-fragments.js';
import type { GanttMode } from './gantt-geometry.js';
import { RunTimeline } from './gantt.js';

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
  return (
    <Section title={title ?? t('runs')} actions={actions}>
      <PresentOnly />
      {connection.edges === undefined ? null : connection.edges.length === 0 ? (
        <Nothing>{empty ?? t('noRuns')}</Nothing>
      ) : (
        <RunTimeline runs={connection.edges.map(({ node }) => node)} of={of} initialMode={initialMode} />
      )}
      <ConnectionEnd connection={connection} />
    </Section>
  );
}
