import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { AUDIT } from './audit.js';
import { AuditFacts } from './audit-facts.js';

const VARIABLES = { first: 8, filter: { types: ['REFUSED' as const] } };

/** Who was refused lately, and why, for whoever may read the audit. */
export function RefusedPanel() {
  const { t } = useTranslation('operations');
  const { t: administration } = useTranslation('administration');
  const [{ data, error }, reload] = useQuery({
    query: AUDIT,
    variables: VARIABLES,
    requestPolicy: 'cache-and-network',
  });
  return (
    <Section
      title={t('refused')}
      actions={<PageLink to={href('/operations/audit', { type: 'REFUSED' })}>{t('all')}</PageLink>}
    >
      <Text size="sm" className="hw-quiet">
        {t('refusedHint')}
      </Text>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
      >
        {({ accessEvents: { edges } }) =>
          edges.length === 0 ? (
            <Empty>{t('refusedNone')}</Empty>
          ) : (
            <Stack component="ul" gap="sm" p={0} m={0}>
              {edges.map(({ node }) => (
                <Stack key={node.id} component="li" gap={0} style={{ listStyle: 'none' }}>
                  <Group justify="space-between" wrap="nowrap">
                    <span className="hw-name">
                      {[node.actor ?? administration('nobody'), node.address].filter(Boolean).join(' · ')}
                    </span>
                    <Text component="span" size="sm" className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
                      <Time at={node.at} />
                    </Text>
                  </Group>
                  <AuditFacts line={node} />
                </Stack>
              ))}
            </Stack>
          )
        }
      </Answer>
    </Section>
  );
}
