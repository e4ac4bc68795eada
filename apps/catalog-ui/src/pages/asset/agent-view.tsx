import { useTranslation } from 'react-i18next';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Details } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';

/** A person, team or service: what is known of it is what it answers for, which a search lists. */
export function AgentView({ node }: { readonly node: NodeOf<'Agent'> }) {
  const { t } = useTranslation('asset');
  return (
    <Page title={node.agentName}>
      <Section title={t('details')}>
        <Details entries={[[t('kind'), node.kind]]} />
        <PageLink to={href('/search', { owner: node.id })}>{t('agentOwns')}</PageLink>
      </Section>
    </Page>
  );
}
