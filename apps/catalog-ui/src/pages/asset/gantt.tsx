import { ActionIcon, Group, SegmentedControl, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { RunStateIcon, stateColor } from '../../ui/run-state.js';
import { lengthOfTime, zonedTime } from '../../ui/time.js';
import classes from './asset.module.css';
import type { RunRow, RunTree } from './run-fragments.js';
import { ganttOf, type Gantt, type GanttMode, type GanttRow, type TimedTree } from './gantt-geometry.js';
import { runThen } from './run-then.js';
import { tickText } from './tick-text.js';
import { useAsOf } from './use-as-of.js';

interface GanttProps {
  readonly runs: readonly RunTree[];
  /** Runs of one job are told apart by when they began, others by their job. */
  readonly of: 'JOB' | 'MIXED';
  readonly initialMode: GanttMode;
}

interface Tree extends TimedTree<RunRow> {
  readonly hasMore: boolean;
  /** Whether the state of this run is the present one, its past not being known. */
  readonly isOfNow: boolean;
}

/** A run as of a moment, and what was part of it by then; none where it had not begun. */
function treesOf(
  from: RunTree | RunTree['children']['edges'][number]['node'] | RunRow,
  asOf: string | null,
): readonly Tree[] {
  const then = runThen<RunRow>(from, asOf);
  if (then === null) return [];
  const children = 'children' in from ? from.children : undefined;
  const tree = {
    ...then,
    hasMore: children?.pageInfo.hasNextPage ?? false,
    // The API gives the latest first; within a run people read from its beginning.
    children: (children?.edges ?? []).flatMap(({ node }) => treesOf(node, asOf)).toReversed(),
  };
  return [tree];
}

function Axis({ gantt, mode }: { readonly gantt: Gantt<RunRow>; readonly mode: GanttMode }) {
  const { i18n } = useTranslation();
  return (
    <div className={`${classes['row'] ?? ''} ${classes['axisRow'] ?? ''}`} aria-hidden>
      <span className={classes['rowName']} />
      <div className={`${classes['track'] ?? ''} ${classes['axis'] ?? ''}`}>
        {gantt.ticks.map(({ left, value }) => (
          <Text
            key={value}
            size="xs"
            className={`hw-quiet ${classes['tick'] ?? ''}`}
            style={{
              left: `${String(left * 100)}%`,
              transform: left < 0.05 ? 'none' : left > 0.95 ? 'translateX(-100%)' : undefined,
            }}
          >
            {tickText(value, gantt.stepMs, mode, i18n.language)}
          </Text>
        ))}
      </div>
      <span className={classes['length']} />
    </div>
  );
}

interface RowProps {
  readonly row: GanttRow<RunRow>;
  readonly gantt: Gantt<RunRow>;
  readonly label: GanttProps['of'];
  /** The moment that is shown, as a Unix time in ms. */
  readonly now: number;
  readonly depth: number;
  readonly open: ReadonlySet<string>;
  readonly partial: ReadonlySet<string>;
  readonly onToggle: (id: string, isOpen: boolean) => void;
}

function Row({ row, gantt, label, now, depth, open, partial, onToggle }: RowProps) {
  const { t, i18n } = useTranslation('asset');
  const { t: general } = useTranslation();
  const asOf = useAsOf();
  const { run, left, width, isOpen, children } = row;
  const language = i18n.language;
  const start = zonedTime(run.startedAt ?? run.lastEventAt, language);
  const name = label === 'JOB' ? start : run.job.displayName;
  const isUnfolded = open.has(run.id);
  const soFar = run.state === 'RUNNING' && run.startedAt !== null ? now - Date.parse(run.startedAt) : null;
  const length =
    lengthOfTime(run.durationMs, language) ??
    (soFar === null ? t('noEnd') : t('tookSoFar', { length: lengthOfTime(soFar, language) ?? '' }));
  const state = general(`runState.${run.state}`);
  return (
    <li>
      <div className={classes['row']} title={t('runBar', { state, start, length })}>
        <div className={classes['rowName']} style={{ paddingInlineStart: depth * 22 }}>
          {children.length > 0 ? (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-expanded={isUnfolded}
              aria-label={isUnfolded ? t('fold', { name }) : t('unfold', { name })}
              onClick={() => {
                onToggle(run.id, !isUnfolded);
              }}
            >
              {isUnfolded ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
            </ActionIcon>
          ) : (
            <span style={{ width: 22, flexShrink: 0 }} />
          )}
          <RunStateIcon state={run.state} />
          <div style={{ minWidth: 0 }}>
            <PageLink to={assetHref(run.id, { asOf })} className="hw-name" size="sm" data-run={run.id} lineClamp={2}>
              {name}
            </PageLink>
            {label === 'MIXED' && depth === 0 ? (
              <Text size="xs" className="hw-quiet">
                {start}
              </Text>
            ) : null}
          </div>
        </div>
        <div className={classes['track']} aria-hidden>
          {gantt.ticks.map((tick) => (
            <span key={tick.value} className={classes['rule']} style={{ left: `${String(tick.left * 100)}%` }} />
          ))}
          <span
            className={`${classes['bar'] ?? ''} ${isOpen ? (classes['open'] ?? '') : ''}`}
            style={{
              left: `min(${String(left * 100)}%, calc(100% - 3px))`,
              width: `${String(width * 100)}%`,
              background: stateColor(run.state),
            }}
          />
        </div>
        <Text size="sm" className={`hw-quiet ${classes['length'] ?? ''}`}>
          {length}
        </Text>
      </div>
      {children.length > 0 && isUnfolded ? (
        <ul>
          {children.map((child) => (
            <Row
              key={child.run.id}
              {...{ gantt, now, open, partial, onToggle }}
              row={child}
              label="MIXED"
              depth={depth + 1}
            />
          ))}
          {partial.has(run.id) ? (
            <li style={{ paddingInlineStart: (depth + 1) * 22 }}>
              <PageLink to={assetHref(run.id, { asOf })} size="sm">
                {t('moreInRun')}
              </PageLink>
            </li>
          ) : null}
        </ul>
      ) : null}
    </li>
  );
}

const partialIn = (trees: readonly Tree[]): readonly string[] =>
  trees.flatMap(({ run, hasMore, children }) => [...(hasMore ? [run.id] : []), ...partialIn(children as Tree[])]);

const hasPresent = (trees: readonly Tree[]): boolean =>
  trees.some(({ isOfNow, children }) => isOfNow || hasPresent(children as Tree[]));

/** Runs as bars over time, with those that are part of one below it. */
export function RunTimeline({ runs, of, initialMode }: GanttProps) {
  const { t } = useTranslation('asset');
  const [mode, setMode] = useState(initialMode);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(runs.slice(0, 1).map(({ id }) => id)));
  const asOf = useAsOf();
  const [present] = useState(() => Date.now());
  const now = asOf === null ? present : Date.parse(asOf);
  const trees = runs.flatMap((run) => treesOf(run, asOf));
  const gantt = ganttOf(trees, mode, now, -new Date(now).getTimezoneOffset() * 60_000);
  const partial = new Set(partialIn(trees));
  const isOfNow = hasPresent(trees);
  const toggle = (id: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-run]')];
    const at = links.findIndex((link) => link === document.activeElement);
    const id = links[at]?.dataset['run'];
    if (id === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) links[at + step]?.focus();
    else if (event.key === 'ArrowRight') toggle(id, true);
    else if (event.key === 'ArrowLeft') toggle(id, false);
    else return;
    event.preventDefault();
  };
  return (
    <Stack gap="xs">
      {runs.length < 2 ? null : (
        <Group className="hw-noprint">
          <SegmentedControl
            size="xs"
            aria-label={t('mode.label')}
            value={mode}
            onChange={setMode}
            data={(['ELAPSED', 'CLOCK'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
          />
        </Group>
      )}
      <VisuallyHidden>{t('ganttKeys')}</VisuallyHidden>
      <Axis gantt={gantt} mode={mode} />
      <ul className={classes['gantt']} aria-label={t('timeline')} onKeyDown={walk}>
        {gantt.rows.map((row) => (
          <Row key={row.run.id} {...{ row, gantt, now, open, partial }} label={of} depth={0} onToggle={toggle} />
        ))}
      </ul>
      {isOfNow ? <Text className="hw-quiet">{t('statesOfNow')}</Text> : null}
    </Stack>
  );
}
