import { Grid, Group, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, partsOf } from '../../lib/node-id.js';
import { KindIcon } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page } from '../../ui/page.js';
import { Loading, ProblemPanel } from '../../ui/problem.js';
import { steppedBack } from './address.js';
import { GraphCanvas, type CanvasHandle } from './canvas/graph-canvas.js';
import { useExport } from './exports/use-export.js';
import { groupId } from './graph/grouping.js';
import { namingOf } from './graph/naming.js';
import { Legend } from './legend.js';
import { hasPanel, PanelOf } from './panels/panel-of.js';
import { StatusLine } from './status-line.js';
import { TableView } from './table-view.js';
import { TimeBar } from './time/time-bar.js';
import { Toolbar } from './toolbar/toolbar.js';
import { useActions } from './use-actions.js';
import { useExplorer } from './use-explorer.js';
import { useLooks } from './use-looks.js';
import type { ViewControl } from './use-view.js';

const SETTLE_MS = 150;

/** The explorer around one root. */
export function Explorer({ view, change }: ViewControl) {
  const { t } = useTranslation('lineage');
  const explorer = useExplorer(view);
  // The page is drawn while the server is at work: first of all it is asked.
  const isAsked = useDeferredValue(true, false);
  const { base, placed, shown, exploration, facts, way, diff, seeds } = explorer;
  const canvas = useRef<CanvasHandle>(null);
  const { actions, acted, focused } = useActions(exploration, change);
  const { select, toggleEnd } = actions;

  const root = base.pages[0]?.root;
  const rootId = root?.id ?? view.root;
  const rootName = root === undefined ? partsOf(view.root).name : namingOf({ ...root, hidden: false }).title;
  const rootKind = root?.kind ?? partsOf(view.root).kind.toUpperCase();
  const save = useExport(placed, rootName);

  const isShown = (id: string | null): id is string => id !== null && placed?.at.has(id) === true;
  const standsForRoot = [rootId, groupId(rootId)].find(isShown) ?? placed?.nodes[0]?.id ?? rootId;
  const entry = isShown(focused) ? focused : standsForRoot;
  const anchors = [acted, view.selected, entry].filter((id) => id !== null);
  const { lookOf, markOf, labelOf } = useLooks(explorer, view, rootId, entry);
  const landmarks = useMemo(
    () =>
      [rootId, entry, view.selected, ...seeds, ...(way === null ? [] : [...way.nodes].slice(0, 100))].filter(
        (id) => id !== null,
      ),
    [rootId, entry, view.selected, seeds, way],
  );
  const find = useCallback(
    (id: string) => {
      change(() => ({ selected: id, panel: null }));
      canvas.current?.goTo(id);
    },
    [change],
  );
  // While the picture moves, nobody reads what the cards say beside their names.
  const settled = useDebouncedCallback(explorer.setInSight, SETTLE_MS);
  const withPanel = hasPanel(view, explorer);
  const question = [view.granularity, view.direction, view.depth, view.pathFrom !== null && view.pathTo].join(' ');

  if (!isAsked) return <Loading lines={6} />;
  return (
    <Page
      title={t('titleOf', { name: rootName })}
      heading={
        <Group gap={10} wrap="nowrap">
          <KindIcon kind={rootKind} size={24} />
          <span className="hw-name">{t('titleOf', { name: rootName })}</span>
        </Group>
      }
      actions={
        <Group gap="md">
          <PageLink to={assetHref(rootId, { asOf: view.asOf })}>{t('openPage')}</PageLink>
          <PageLink to="/lineage">{t('pickOther')}</PageLink>
        </Group>
      }
      wide
    >
      <Stack gap="sm">
        {base.isUnknown ? null : (
          <Toolbar
            view={view}
            change={change}
            shown={shown}
            known={exploration.known}
            rootKind={rootKind}
            onFind={find}
            onExport={save}
          />
        )}
        {explorer.error === undefined ? null : (
          <ProblemPanel
            error={explorer.error}
            onRetry={() => {
              if (explorer.failed !== undefined) explorer.answers.retry(explorer.failed);
            }}
          />
        )}
        {diff.error === undefined ? null : <ProblemPanel error={diff.error} onRetry={diff.reload} />}
        {base.isUnknown ? (
          <Empty>
            <Text fw={600}>{t(view.asOf === null ? 'unknownRoot' : 'unknownRootThen')}</Text>
            <Text>{t('unknownRootHint')}</Text>
            <PageLink to="/lineage">{t('pickOther')}</PageLink>
            {view.asOf === null ? null : <TimeBar view={view} change={change} isWaiting={false} />}
          </Empty>
        ) : (
          <Grid gap="sm">
            <Grid.Col span={{ base: 12, md: withPanel ? 8 : 12, xl: withPanel ? 9 : 12 }}>
              <Stack gap="sm">
                <StatusLine view={view} change={change} explorer={explorer} />
                {view.show === 'table' ? (
                  <TableView
                    exploration={exploration}
                    shown={shown}
                    facts={facts}
                    difference={diff.difference}
                    onSelect={select}
                    onOpenGroup={actions.openGroup}
                    onToggleEnd={toggleEnd}
                    onRows={explorer.setInSight}
                  />
                ) : placed === null || placed.nodes.length === 0 ? (
                  base.isLoading || placed === null || shown.nodes.length > 0 ? (
                    <Skeleton height="var(--hw-flow-height)" role="status" aria-label={t('loadingMore')} />
                  ) : explorer.error === undefined ? (
                    <Empty>
                      <Text>{t('nothing')}</Text>
                    </Empty>
                  ) : null
                ) : (
                  <>
                    <VisuallyHidden>{t('keys')}</VisuallyHidden>
                    <div className="hw-flow" style={{ height: 'var(--hw-flow-height)' }}>
                      <ReactFlowProvider>
                        <GraphCanvas
                          graph={placed}
                          question={question}
                          anchors={anchors}
                          isOverview={view.pathTo !== null}
                          entry={entry}
                          selected={view.selected}
                          way={way}
                          landmarks={landmarks}
                          lookOf={lookOf}
                          markOf={markOf}
                          labelOf={labelOf}
                          actions={actions}
                          onMounted={settled}
                          onSelectEdge={select}
                          onClear={() => {
                            if (withPanel) change(steppedBack);
                          }}
                          handle={canvas}
                        />
                      </ReactFlowProvider>
                    </div>
                    <Group justify="space-between" gap="md">
                      <Legend isCompared={view.isCompared} />
                      <Text size="xs" className="hw-quiet" visibleFrom="md">
                        {t('keysShort')}
                      </Text>
                    </Group>
                  </>
                )}
                <TimeBar
                  view={view}
                  change={change}
                  isWaiting={!explorer.isPlaced && (base.isLoading || shown.nodes.length > 0)}
                />
              </Stack>
            </Grid.Col>
            {withPanel ? (
              <Grid.Col span={{ base: 12, md: 4, xl: 3 }}>
                <PanelOf view={view} change={change} explorer={explorer} onSelect={select} />
              </Grid.Col>
            ) : null}
          </Grid>
        )}
      </Stack>
    </Page>
  );
}
