import { Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { useMayEverywhere } from '../../access/namespaces.js';
import { addMessages } from '../../i18n/i18n.js';
import { ruleLists as messages } from '../../i18n/messages/rule-lists.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { Time } from '../../ui/time.js';
import { LogicalRulesPreview } from './logical-preview.js';
import { RuleEditor, type RuleFieldsProps } from './rule-editor.js';
import { HELD_LOGICAL_RULES, SET_LOGICAL_RULES, type LogicalRule } from './rules-query.js';

addMessages('ruleLists', messages);

const BLANK: LogicalRule = { namespace: null, name: '', key: '{name}', since: '', enteredBy: '' };
const MEMBERS = ['namespace', 'name', 'key'] as const;

const lineOf = ({ namespace, name, key }: LogicalRule): string => `${namespace ?? '*'} ${name} → ${key}`;

function Fields({ rule, onChange, faultOf }: RuleFieldsProps<LogicalRule>) {
  const { t } = useTranslation('ruleLists');
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm">
      {MEMBERS.map((member) => (
        <TextInput
          key={member}
          label={t(`parts.${member}`)}
          description={t(`hints.${member}`)}
          value={rule[member] ?? ''}
          error={faultOf(member)}
          spellCheck={false}
          autoCapitalize="none"
          onChange={({ currentTarget: { value } }) => {
            onChange({ ...rule, [member]: member === 'namespace' && value.trim() === '' ? null : value });
          }}
        />
      ))}
    </SimpleGrid>
  );
}

function Held({ rules }: { readonly rules: readonly LogicalRule[] }) {
  const { t } = useTranslation('ruleLists');
  if (rules.length === 0) return <Text className="hw-quiet">{t('none')}</Text>;
  const numbered = rules.map((rule, index) => ({ ...rule, number: String(index + 1) }));
  const columns: readonly Column<(typeof numbered)[number]>[] = [
    { key: 'number', title: t('number'), render: ({ number }) => number },
    { key: 'rule', title: t('rule'), render: (rule) => <code className="hw-name">{lineOf(rule)}</code> },
    { key: 'since', title: t('since'), render: ({ since }) => <Time at={since} /> },
    { key: 'by', title: t('enteredBy'), render: ({ enteredBy }) => <span className="hw-name">{enteredBy}</span> },
  ];
  return <Records label={t('list')} columns={columns} items={numbered} keyOf={({ number }) => number} />;
}

/** The rules that group datasets into logical ones: as they are, what others would make, and setting them. */
export default function LogicalRulesPage() {
  const { t } = useTranslation('ruleLists');
  const client = useClient();
  const maySee = useMayEverywhere('CATALOG_READ');
  const mayEdit = useMayEverywhere('CATALOG_EDIT') && maySee;
  const [said, setSaid] = useState('');
  const [{ data, error }, ask] = useQuery({ query: HELD_LOGICAL_RULES, requestPolicy: 'cache-and-network' });
  const again = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title={t('logicalTitle')}
      actions={
        <Group gap="md">
          <PageLink to="/logical">{t('logicalAll')}</PageLink>
          <PageLink to="/governance">{t('governance')}</PageLink>
        </Group>
      }
    >
      <Text maw={760}>{t('logicalLead')}</Text>
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={again}>
        {({ logicalRules: list }) => (
          <>
            <Section title={t('list')}>
              <Held rules={list.rules} />
            </Section>
            {mayEdit ? (
              <RuleEditor
                list={list}
                blank={BLANK}
                isOrdered
                fields={(props) => <Fields {...props} />}
                lineOf={lineOf}
                preview={(rules) => <LogicalRulesPreview rules={rules} />}
                send={async (rules, head) => {
                  const input = rules.map(({ namespace, name, key }) => ({ namespace, name, key }));
                  return client.mutation(SET_LOGICAL_RULES, { input: { ...head, rules: input } }).toPromise();
                }}
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
