import { Checkbox, Group, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { useMayEverywhere } from '../../access/namespaces.js';
import { addMessages } from '../../i18n/i18n.js';
import { ruleLists as messages } from '../../i18n/messages/rule-lists.js';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { Time } from '../../ui/time.js';
import { RuleEditor, type RuleFieldsProps } from './rule-editor.js';
import { HELD_TAG_RULES, SET_TAG_RULES, type TagRule } from './rules-query.js';

addMessages('ruleLists', messages);

/** As a tag goes without any rule. */
const BLANK: TagRule = {
  ...{ tag: '', isCarried: true, throughIndirect: false, stopSubtypes: [], alongDatasets: false },
  ...{ since: '', enteredBy: '' },
};
const WAYS = ['isCarried', 'throughIndirect', 'alongDatasets'] as const;

function Fields({ rule, onChange, faultOf }: RuleFieldsProps<TagRule>) {
  const { t } = useTranslation('ruleLists');
  return (
    <>
      <TextInput
        label={t('tag')}
        description={t('tagHint')}
        maw={480}
        value={rule.tag}
        error={faultOf('tag')}
        autoCapitalize="none"
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...rule, tag: value });
        }}
      />
      {WAYS.map((way) => (
        <Checkbox
          key={way}
          label={t(`ways.${way}`)}
          checked={rule[way]}
          disabled={way !== 'isCarried' && !rule.isCarried}
          onChange={({ currentTarget: { checked } }) => {
            onChange({ ...rule, [way]: checked });
          }}
        />
      ))}
      <TagsInput
        label={t('stops')}
        description={t('stopsHint')}
        maw={480}
        acceptValueOnBlur
        disabled={!rule.isCarried}
        value={[...rule.stopSubtypes]}
        error={faultOf('stopSubtypes')}
        onChange={(stopSubtypes) => {
          onChange({ ...rule, stopSubtypes });
        }}
      />
    </>
  );
}

function useWords(): (rule: TagRule) => string {
  const { t } = useTranslation('ruleLists');
  return ({ isCarried, throughIndirect, alongDatasets, stopSubtypes }) => {
    if (!isCarried) return t('stays');
    return [
      t('alongFields'),
      ...(throughIndirect ? [t('alongIndirect')] : []),
      ...(alongDatasets ? [t('alongDatasets')] : []),
      ...(stopSubtypes.length === 0 ? [] : [t('stopsAt', { subtypes: stopSubtypes.join(', ') })]),
    ].join(', ');
  };
}

function Held({ rules }: { readonly rules: readonly TagRule[] }) {
  const { t } = useTranslation('ruleLists');
  const words = useWords();
  if (rules.length === 0) return <Text className="hw-quiet">{t('noTagRules')}</Text>;
  const columns: readonly Column<TagRule>[] = [
    {
      key: 'tag',
      title: t('tag'),
      render: ({ tag }) =>
        tag === '*' ? (
          t('everyTag')
        ) : (
          <PageLink to={href('/tag', { name: tag })} className="hw-name">
            {tag}
          </PageLink>
        ),
    },
    { key: 'how', title: t('how'), render: words },
    { key: 'since', title: t('since'), render: ({ since }) => <Time at={since} /> },
    { key: 'by', title: t('enteredBy'), render: ({ enteredBy }) => <span className="hw-name">{enteredBy}</span> },
  ];
  return <Records label={t('list')} columns={columns} items={rules} keyOf={({ tag }) => tag} />;
}

/** The rules how tags go along lineage: as they are, and setting them. */
export default function TagRulesPage() {
  const { t } = useTranslation('ruleLists');
  const client = useClient();
  const words = useWords();
  const maySee = useMayEverywhere('CATALOG_READ');
  const mayEdit = useMayEverywhere('CATALOG_EDIT') && maySee;
  const [said, setSaid] = useState('');
  const [{ data, error }, ask] = useQuery({ query: HELD_TAG_RULES, requestPolicy: 'cache-and-network' });
  const again = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title={t('tagTitle')}
      actions={
        <Group gap="md">
          <PageLink to="/governance/flows">{t('flows')}</PageLink>
          <PageLink to="/governance">{t('governance')}</PageLink>
        </Group>
      }
    >
      <Text maw={760}>{t('tagLead')}</Text>
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={again}>
        {({ tagRules: list }) => (
          <>
            <Section title={t('list')}>
              <Held rules={list.rules} />
            </Section>
            {mayEdit ? (
              <RuleEditor
                list={list}
                blank={BLANK}
                isOrdered={false}
                fields={(props) => <Fields {...props} />}
                lineOf={(rule) => `${rule.tag}: ${words(rule)}`}
                send={async (rules, head) => {
                  const input = rules.map(({ tag, isCarried, throughIndirect, stopSubtypes, alongDatasets }) => ({
                    ...{ tag: tag.trim(), isCarried, throughIndirect, stopSubtypes: [...stopSubtypes], alongDatasets },
                  }));
                  return client.mutation(SET_TAG_RULES, { input: { ...head, rules: input } }).toPromise();
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
