import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../../graphql/problem.js';
import { useMay, useViewer } from '../../graphql/viewer.js';
import { lineageHref } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { Answer, Loading, ProblemPanel } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { ARRIVAL, BEFORE, NOTHING_YET, withArrival, type Arrival, type Arrivals } from './arrivals.js';

const ASSETS_SHOWN = 4;

function Arrived({ arrival }: { readonly arrival: Arrival }) {
  const { t } = useTranslation('start');
  const rest = arrival.assets.length - ASSETS_SHOWN;
  return (
    <Stack gap="xs" component="li" style={{ listStyle: 'none' }}>
      <Text size="sm" className="hw-quiet">
        <Time at={arrival.recordedAt} />
      </Text>
      {arrival.assets.slice(0, ASSETS_SHOWN).map(({ __typename, id, displayName, namespace }) => (
        <AssetLink key={id} id={id} kind={__typename.toUpperCase()} name={displayName} namespace={namespace} />
      ))}
      {rest > 0 ? (
        <Text size="sm" className="hw-quiet">
          {t('more', { count: rest })}
        </Text>
      ) : null}
    </Stack>
  );
}

function Live({ arrivals: { latest } }: { readonly arrivals: Arrivals }) {
  const { t } = useTranslation('start');
  const [first] = latest;
  if (first === undefined) return null;
  const root = first.assets.find(({ __typename }) => __typename === 'Job') ?? first.assets[0];
  return (
    <Stack gap="sm">
      <Text className="hw-quiet">{t('arrivedHint')}</Text>
      <Stack component="ol" gap="md" p={0} m={0} aria-label={t('arrivals')}>
        {latest.map((arrival) => (
          <Arrived key={arrival.position} arrival={arrival} />
        ))}
      </Stack>
      <Group gap="xs">
        {root === undefined ? null : (
          <Button component={Link} href={lineageHref(root.id)} size="compact-md">
            {t('seeLineage')}
          </Button>
        )}
        <Button component={Link} href="/operations/events" variant="default" size="compact-md">
          {t('seeEvents')}
        </Button>
        <Button component={Link} href="/" variant="default" size="compact-md">
          {t('goHome')}
        </Button>
      </Group>
    </Stack>
  );
}

function Watch({ after, assets }: { readonly after: string; readonly assets: number }) {
  const { t, i18n } = useTranslation('start');
  const [arrivals, add] = useReducer(withArrival, NOTHING_YET);
  const [{ error }] = useSubscription({ query: ARRIVAL, variables: { after } }, (_, { assetChanged }) => {
    add(assetChanged);
    return { assetChanged };
  });
  const hasArrived = arrivals.count > 0;
  return (
    <Stack gap="sm">
      <Group role="status" gap="xs" wrap="nowrap">
        {hasArrived ? (
          <IconCircleCheck size={22} color="var(--hw-good)" aria-hidden />
        ) : (
          <Loader type="dots" size="sm" aria-hidden />
        )}
        <Text fw={600}>
          {hasArrived
            ? t('arrived', { count: arrivals.count, total: arrivals.count.toLocaleString(i18n.language) })
            : t('waiting')}
        </Text>
      </Group>
      {error === undefined ? null : problemOf(error).kind === 'SIGNED_OUT' ? (
        <ProblemPanel error={error} />
      ) : (
        <Text role="alert">{t('cutOff')}</Text>
      )}
      {hasArrived ? (
        <Live arrivals={arrivals} />
      ) : (
        <Text className="hw-quiet">
          {t('waitingHint')}{' '}
          {assets === 0 ? t('empty') : t('holds', { count: assets, total: assets.toLocaleString(i18n.language) })}
        </Text>
      )}
    </Stack>
  );
}

function Waiting() {
  const [{ data, error }, reload] = useQuery({ query: BEFORE, requestPolicy: 'network-only' });
  return (
    <Answer
      data={data}
      error={error}
      onRetry={() => {
        reload({ requestPolicy: 'network-only' });
      }}
      lines={2}
    >
      {({ status, search }) => <Watch after={status.position} assets={search.totalCount} />}
    </Answer>
  );
}

/** Waits for events and shows what they brought, as they come. */
export function ArrivalsPanel() {
  const { t } = useTranslation('start');
  const viewer = useViewer();
  const mayRead = useMay('CATALOG_READ');
  return (
    <Section title={t('arrivals')}>
      {viewer === null ? <Loading lines={2} /> : mayRead ? <Waiting /> : <Text>{t('mayNotSee')}</Text>}
    </Section>
  );
}
