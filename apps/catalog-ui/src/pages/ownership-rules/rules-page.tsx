import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMay } from '../../graphql/viewer.js';
import { addMessages } from '../../i18n/i18n.js';
import { ownershipRules as messages } from '../../i18n/messages/ownership-rules.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { Time } from '../../ui/time.js';
import { RulesEditor } from './rules-editor.js';
import { RULES, type RuleList } from './rules-query.js';

addMessages('ownershipRules', messages);

type Rule = RuleList['rules'][number];

function HeldRules({ rules }: { readonly rules: readonly Rule[] }) {
  const { t } = useTranslation('ownershipRules');
  if (rules.length === 0) return <Text className="hw-quiet">{t('none')}</Text>;
  const columns: readonly Column<Rule>[] = [
    { key: 'number', title: t('number'), render: ({ number }) => String(number) },
    { key: 'rule', title: t('rule'), render: ({ line }) => <code className="hw-name">{line}</code> },
    { key: 'since', title: t('since'), render: ({ since }) => <Time at={since} /> },
    { key: 'by', title: t('enteredBy'), render: ({ enteredBy }) => <span className="hw-name">{enteredBy}</span> },
  ];
  return <Records label={t('list')} columns={columns} items={rules} keyOf={({ number }) => String(number)} />;
}

/** The rules that assign owners: as they are, what others would change, and setting them. */
export default function RulesPage() {
  const { t } = useTranslation('ownershipRules');
  const mayEdit = useMay('CATALOG_EDIT');
  const [said, setSaid] = useState('');
  const [{ data, error }, ask] = useQuery({ query: RULES, requestPolicy: 'cache-and-network' });
  const again = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Page title={t('title')} actions={<PageLink to="/governance">{t('governance')}</PageLink>}>
      <Text maw={760}>{t('lead')}</Text>
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={again}>
        {({ ownershipRules: list }) => (
          <>
            <Section title={t('list')}>
              <HeldRules rules={list.rules} />
            </Section>
            {mayEdit ? (
              <RulesEditor
                list={list}
                onSet={(isReadable) => {
                  setSaid(t(isReadable ? 'done' : 'behind'));
                  again();
                }}
              />
            ) : null}
          </>
        )}
      </Answer>
    </Page>
  );
}
