import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addMessages } from '../../i18n/i18n.js';
import { agent as messages } from '../../i18n/messages/agent.js';
import { partsOf } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { EditAgent, useMayEnterAgents } from './agent-dialogs.js';

addMessages('agent', messages);

/** Somebody whom nothing names and nobody has entered yet: to be entered by who may. */
export function UnknownAgent({ id, onEntered }: { readonly id: string; readonly onEntered: () => void }) {
  const { t } = useTranslation('agent');
  const { name } = partsOf(id);
  const mayEnter = useMayEnterAgents();
  return (
    <Page title={name}>
      <Section title={t('unknownTitle')}>
        <Stack gap="sm">
          <Text className="hw-mono hw-name">{id}</Text>
          <Text className="hw-quiet">
            {t('unknown')} {mayEnter ? t('unknownEnter') : null}
          </Text>
          <Group gap="md">
            <EditAgent id={id} entered={null} name={name} onChanged={onEntered} />
            <PageLink to="/governance/agents">{t('all')}</PageLink>
          </Group>
        </Stack>
      </Section>
    </Page>
  );
}
