import { Grid, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../graphql/viewer.js';
import { addMessages } from '../../i18n/i18n.js';
import { start as messages } from '../../i18n/messages/start.js';
import { useUrlState } from '../../lib/url-state.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Page, Section } from '../../ui/page.js';
import { ArrivalsPanel } from './arrivals-panel.js';
import { ExamplePanel } from './example-panel.js';
import { CLIENTS, snippetsOf, TOKEN_PLACEHOLDER, uuidOf, type Client, type SnippetSettings } from './snippets.js';
import { TokenPanel, useMayMakeToken } from './token-panel.js';

addMessages('start', messages);

function Snippets({ client, settings }: { readonly client: Client; readonly settings: SnippetSettings }) {
  const { t } = useTranslation('start');
  const mayMake = useMayMakeToken();
  const lack = mayMake ? t('noToken') : t('noTokenAsk', { placeholder: TOKEN_PLACEHOLDER });
  return (
    <Stack gap="sm" pt="md">
      <Text>{t(`about.${client}`)}</Text>
      {snippetsOf(client, settings).map(({ place, text }) => (
        <Stack key={place} gap={6}>
          <Title order={3} fz="sm" className="hw-quiet">
            {t(`place.${place}`)}
          </Title>
          <CodeBlock
            text={text}
            label={t('snippet', { client: t(`client.${client}`), place: t(`place.${place}`) })}
            {...(text.includes(TOKEN_PLACEHOLDER) && { lack })}
          />
        </Stack>
      ))}
    </Stack>
  );
}

/** How to send a first event, and the event as it arrives. */
export default function StartPage() {
  const { t } = useTranslation('start');
  const [parameters, set] = useUrlState();
  const viewer = useViewer();
  const [made, setMade] = useState<string | null>(null);
  const [example] = useState(() => ({
    eventTime: new Date().toISOString(),
    runId: uuidOf(window.crypto.getRandomValues(new Uint8Array(16))),
  }));
  const client = CLIENTS.find((name) => name === parameters.get('with')) ?? 'curl';
  const token = viewer?.kind === 'LOCAL' ? null : (made ?? TOKEN_PLACEHOLDER);
  const settings = { ...example, origin: window.location.origin, token };
  return (
    <Page title={t('title')}>
      <Text className="hw-quiet" maw={680}>
        {t('lead')}
      </Text>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <TokenPanel onMade={setMade} />
            <Section title={t('how')}>
              <Tabs
                value={client}
                onChange={(value) => {
                  set({ with: value === 'curl' ? null : value });
                }}
                keepMounted={false}
              >
                <Tabs.List className="hw-wide" style={{ flexWrap: 'nowrap', overflowY: 'hidden' }}>
                  {CLIENTS.map((name) => (
                    <Tabs.Tab key={name} value={name} px={{ base: 'xs', sm: 'md' }}>
                      {t(`client.${name}`)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
                {CLIENTS.map((name) => (
                  <Tabs.Panel key={name} value={name}>
                    <Snippets client={name} settings={settings} />
                  </Tabs.Panel>
                ))}
              </Tabs>
            </Section>
            <ExamplePanel />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <div style={{ position: 'sticky', top: 76 }}>
            <ArrivalsPanel />
          </div>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
