import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel, Loading } from '../../../ui/problem.js';
import { titleOf } from '../graph/words.js';
import type { usePaths } from '../use-paths.js';
import type { ViewControl } from '../use-view.js';
import { SidePanel } from './side-panel.js';

interface PathPanelProps extends ViewControl {
  readonly paths: ReturnType<typeof usePaths>;
  readonly nameOf: (id: string) => string;
}

/** The ways that data takes between two picks; until the second is picked, how to pick it. */
export function PathPanel({ view, change, paths: asked, nameOf }: PathPanelProps) {
  const { t } = useTranslation('lineage');
  const { pathFrom, pathTo } = view;
  if (pathFrom === null) return null;
  const close = (): void => {
    change(() => ({ pathFrom: null, pathTo: null }));
  };
  if (pathTo === null) {
    return (
      <SidePanel title={t('path')} onClose={close}>
        <Text>{t('pathPickEnd', { name: nameOf(pathFrom) })}</Text>
      </SidePanel>
    );
  }
  const { paths, error, fetching, reload } = asked;
  const swap = (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconArrowsExchange size={14} aria-hidden />}
      onClick={() => {
        change(() => ({ pathFrom: pathTo, pathTo: pathFrom }));
      }}
    >
      {t('pathSwap')}
    </Button>
  );
  return (
    <SidePanel title={t('path')} onClose={close}>
      <Text className="hw-name">{t('pathBetween', { from: nameOf(pathFrom), to: nameOf(pathTo) })}</Text>
      {error === undefined ? null : (
        <ProblemPanel
          error={error}
          onRetry={() => {
            reload({ requestPolicy: 'network-only' });
          }}
        />
      )}
      {fetching ? <Loading lines={3} /> : null}
      {paths === undefined || error !== undefined ? null : paths === null || paths.paths.length === 0 ? (
        <Alert color="yellow" variant="light">
          <Stack gap="xs" align="flex-start">
            {t('pathNone')}
            {swap}
          </Stack>
        </Alert>
      ) : (
        <>
          {paths.paths.map(({ length, nodes }, at) => (
            <Stack key={nodes.map(({ id }) => id).join(' ')} gap={2}>
              <Text component="h3" size="sm" fw={600}>
                {t('pathNumber', { number: String(at + 1), count: length })}
              </Text>
              <Stack component="ol" gap={2} pl="lg" m={0}>
                {nodes.map((node) => (
                  <Text component="li" size="sm" key={node.id} className="hw-name">
                    {titleOf(t, node)}
                  </Text>
                ))}
              </Stack>
            </Stack>
          ))}
          {paths.truncated ? (
            <Text size="sm" className="hw-quiet">
              {t('pathMore')}
            </Text>
          ) : null}
          <Group>{swap}</Group>
        </>
      )}
    </SidePanel>
  );
}
