import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { tag as messages } from '../../i18n/messages/tag.js';
import { href } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { AsOf } from '../../ui/as-of.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Places } from './places.js';
import { Stops } from './stops.js';
import { WHERE_IS, type WhereIs } from './tag-query.js';

addMessages('tag', messages);

const FIRST = 100;
const MORE = 500;
/** An answer of the API holds no more. */
const MOST = 5_000;

interface FoundProps {
  readonly found: WhereIs;
  readonly asOf: string | null;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

function Found({ found, asOf, isLoading, onMore }: FoundProps) {
  const { t, i18n } = useTranslation('tag');
  const { places, total } = found;
  if (total === 0) {
    return (
      <Empty>
        <Text>{t(asOf === null ? 'nowhere' : 'nowhereThen')}</Text>
      </Empty>
    );
  }
  const written = (count: number): string => count.toLocaleString(i18n.language);
  const isPart = places.length < total;
  return (
    <Stack gap="lg" aria-busy={isLoading}>
      <Text role="status">
        {t('count', { count: total, total: written(total) })}
        {isPart ? `, ${t('of', { shown: written(places.length) })}` : null}
      </Text>
      <Places places={places} asOf={asOf} />
      {!isPart ? null : places.length >= MOST ? (
        <Text className="hw-quiet">{t('rest')}</Text>
      ) : (
        <Group className="hw-noprint">
          <Button variant="default" size="compact-md" loading={isLoading} onClick={onMore}>
            {t('more')}
          </Button>
        </Group>
      )}
      <Stops stops={found.stops} total={found.totalStops} asOf={asOf} />
    </Stack>
  );
}

interface WhereProps {
  readonly tag: string;
  readonly asOf: string | null;
}

/** Of one tag at one moment: what there is stays while more is asked for. */
function Where({ tag, asOf }: WhereProps) {
  const [maxNodes, setMaxNodes] = useState(FIRST);
  const [{ data, error, fetching }, ask] = useQuery({
    query: WHERE_IS,
    variables: { tag, asOf, maxNodes },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answer
      data={data}
      error={error}
      onRetry={() => {
        ask({ requestPolicy: 'network-only' });
      }}
    >
      {({ whereIs }) => (
        <Found
          found={whereIs}
          asOf={asOf}
          isLoading={fetching}
          onMore={() => {
            setMaxNodes((before) => Math.min(MOST, before + MORE));
          }}
        />
      )}
    </Answer>
  );
}

/** Everything that has a tag: what it was put on, the fields it came to and by which way, and where it ends. */
export default function TagPage() {
  const { t } = useTranslation('tag');
  const [parameters, set] = useUrlState();
  const tag = parameters.get('name') ?? '';
  const asked = parameters.get('asOf');
  const asOf = asked === null || Number.isNaN(Date.parse(asked)) ? null : asked;
  if (tag === '') {
    return (
      <Page title={t('title', { name: '' })}>
        <Empty>
          <Text>{t('none')}</Text>
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      title={t('title', { name: tag })}
      actions={
        <Group gap="md">
          <PageLink to={href('/search', { tag, carried: '1' })}>{t('assets')}</PageLink>
          <AsOf
            value={asOf}
            onChange={(value) => {
              set({ asOf: value });
            }}
          />
        </Group>
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <Where key={JSON.stringify([tag, asOf])} tag={tag} asOf={asOf} />
    </Page>
  );
}
