import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/tada.js';
import { useMay } from '../../graphql/viewer.js';
import { CodeBlock } from '../../ui/code-block.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';

const LOAD_EXAMPLE = graphql(`
  mutation LoadExample {
    loadExample {
      events
    }
  }
`);

/** Loads the example for whoever may send events; tells others how the server is started with it. */
export function ExamplePanel() {
  const { t, i18n } = useTranslation('start');
  const mayLoad = useMay('LINEAGE_WRITE');
  const [{ data, error, fetching }, load] = useMutation(LOAD_EXAMPLE);
  const total = data?.loadExample.events.toLocaleString(i18n.language);
  return (
    <Section title={t('example')}>
      <Stack gap="sm">
        <Text>{t('exampleWhat')}</Text>
        {mayLoad ? (
          <>
            <Text className="hw-quiet">{t('exampleStays')}</Text>
            {error === undefined ? null : <ProblemPanel error={error} />}
            <Group gap="md">
              <Button
                variant="default"
                loading={fetching}
                onClick={() => {
                  void load({});
                }}
              >
                {t('exampleLoad')}
              </Button>
              {total === undefined ? null : <PageLink to="/">{t('goHome')}</PageLink>}
            </Group>
            <Text role="status" size="sm">
              {fetching ? t('exampleLoading') : total === undefined ? null : t('exampleLoaded', { total })}
            </Text>
          </>
        ) : (
          <>
            <Text>{t('exampleHow')}</Text>
            <CodeBlock text="npm start -- --example" label={t('exampleLabel')} />
          </>
        )}
      </Stack>
    </Section>
  );
}
