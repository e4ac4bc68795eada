import { ActionIcon, Button, Group, Slider, Switch, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zonedTime } from '../../../ui/time.js';
import type { ViewControl } from '../use-view.js';
import { momentsOf, neighborOf } from './moments.js';
import { useHistory } from './use-history.js';

/** Long enough to see what came before the next does. */
const STEP_MS = 1_500;

interface TimeBarProps extends ViewControl {
  /** True while something that is wanted sooner is asked. */
  readonly isWaiting: boolean;
}

/** The period in which edges came and went, to move the moment through that is shown. */
export const TimeBar = memo(function TimeBar({ view, change, isWaiting }: TimeBarProps) {
  const { t, i18n } = useTranslation('lineage');
  const { asOf } = view;
  const now = useMemo(() => Date.now(), []);
  const edges = useHistory(view, now, isWaiting);
  const moments = useMemo(() => momentsOf(edges, now), [edges, now]);
  const at = asOf === null ? now : Date.parse(asOf);
  const [dragged, setDragged] = useState(at);
  useEffect(() => {
    setDragged(at);
  }, [at]);
  const go = (moment: number): void => {
    const isNow = moment >= now;
    change((before) => ({
      asOf: isNow ? null : new Date(moment).toISOString(),
      isCompared: !isNow && before.isCompared,
    }));
  };
  const [first] = moments;
  const text = (moment: number): string => zonedTime(new Date(moment).toISOString(), i18n.language);
  const [isPlaying, setPlaying] = useState(false);
  const ticks = useInterval(() => {
    const next = neighborOf(moments, at, 1) ?? now;
    go(next);
    if (next >= now) setPlaying(false);
  }, STEP_MS);
  const { start, stop } = ticks;
  useEffect(() => {
    if (isPlaying) start();
    return stop;
  }, [isPlaying, start, stop]);
  const before = neighborOf(moments, at, -1);
  const after = at < now ? (neighborOf(moments, at, 1) ?? now) : undefined;
  return (
    <Group gap="sm" className="hw-card hw-noprint" px="md" py="xs" wrap="wrap">
      <Text size="sm" fw={600} id="lineage-time">
        {asOf === null ? t('timeNow') : t('timeAt', { time: text(at) })}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={t('timeBefore')}
        disabled={before === undefined}
        onClick={() => {
          if (before !== undefined) go(before);
        }}
      >
        <IconPlayerSkipBack size={16} aria-hidden />
      </ActionIcon>
      <Slider
        flex={1}
        miw={180}
        min={Math.min(first ?? now, at) - 1}
        max={now}
        step={60_000}
        value={dragged}
        label={text}
        thumbLabel={t('timeSlider')}
        disabled={first === undefined}
        marks={moments.map((value) => ({ value }))}
        onChange={setDragged}
        onChangeEnd={go}
      />
      <ActionIcon
        variant="default"
        aria-label={isPlaying ? t('timePause') : t('timePlay')}
        disabled={first === undefined}
        onClick={() => {
          // From now one can only play what led here.
          if (!isPlaying && asOf === null && first !== undefined) go(first);
          setPlaying(!isPlaying);
        }}
      >
        {isPlaying ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('timeAfter')}
        disabled={after === undefined}
        onClick={() => {
          if (after !== undefined) go(after);
        }}
      >
        <IconPlayerSkipForward size={16} aria-hidden />
      </ActionIcon>
      <Button
        size="xs"
        variant="default"
        disabled={asOf === null}
        onClick={() => {
          go(now);
        }}
      >
        {t('timeToNow')}
      </Button>
      <Switch
        size="sm"
        label={t('compare')}
        checked={view.isCompared}
        disabled={asOf === null}
        onChange={({ currentTarget: { checked } }) => {
          change(() => ({ isCompared: checked }));
        }}
      />
    </Group>
  );
});
