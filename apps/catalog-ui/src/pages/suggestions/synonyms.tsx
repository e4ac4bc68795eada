import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FaultLines, RefusalWords } from '../../access/refusal-words.js';
import { useMayEverywhere } from '../../access/namespaces.js';
import type { ResultOf } from '../../graphql/tada.js';
import { assetHref } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';
import type { Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { decideConcept, type ConceptRefusal } from './decide-concept.js';
import { SYNONYM_SUGGESTIONS, type SynonymSuggestion } from './suggestions-query.js';

const pageOf = ({ synonymSuggestions }: ResultOf<typeof SYNONYM_SUGGESTIONS>) => synonymSuggestions;
const NO_VARIABLES = {};
const keyOf = ({ names }: SynonymSuggestion): string => names.map(({ name }) => name).join(' ');

function Names({ one }: { readonly one: SynonymSuggestion }) {
  const { t, i18n } = useTranslation('suggestions');
  return (
    <Stack gap={2}>
      {one.names.map(({ name, fields, example }) => (
        <Text key={name} size="sm" className="hw-name">
          <PageLink to={assetHref(example)} className="hw-mono">
            {name}
          </PageLink>{' '}
          <span className="hw-quiet">
            {t('fields', { count: fields, total: fields.toLocaleString(i18n.language) })}
          </span>
        </Text>
      ))}
    </Stack>
  );
}

function Undecided({ refusal }: { readonly refusal: ConceptRefusal }) {
  const { t } = useTranslation('suggestions');
  if (refusal !== 'BUSY' && 'error' in refusal) return <ProblemPanel error={refusal.error} />;
  const title = refusal === 'BUSY' ? t('busy') : <RefusalWords refusal={refusal.refusal} />;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={title}>
      {refusal === 'BUSY' ? null : <FaultLines faults={refusal.refusal.faults} />}
    </Alert>
  );
}

/** Names of fields that may mean the same: whoever may see and edit the whole catalog says whether they do. */
export function Synonyms() {
  const { t, i18n } = useTranslation('suggestions');
  const client = useClient();
  const maySee = useMayEverywhere('CATALOG_READ');
  const mayDecide = useMayEverywhere('CATALOG_EDIT') && maySee;
  const connection = useConnection({ query: SYNONYM_SUGGESTIONS, variables: NO_VARIABLES, pageOf });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<ConceptRefusal | null>(null);
  const written = (one: SynonymSuggestion): string =>
    new Intl.ListFormat(i18n.language).format(one.names.map(({ name }) => name));

  const decide = async (one: SynonymSuggestion, isOne: boolean): Promise<void> => {
    const key = keyOf(one);
    setBusy(key);
    setSaid('');
    setProblem(null);
    setGone((before) => new Set([...before, key]));
    const names = one.names.map(({ name }) => name);
    const refusal = await decideConcept(client, names, isOne);
    setBusy(null);
    if (refusal === null) {
      setSaid(t(isOne ? 'saidOne' : 'saidNot', { names: written(one) }));
      return;
    }
    setGone((before) => new Set([...before].filter((other) => other !== key)));
    setProblem(refusal);
  };

  const columns: Column<SynonymSuggestion>[] = [
    { key: 'names', title: t('names'), render: (one) => <Names one={one} /> },
    {
      key: 'why',
      title: t('why'),
      render: ({ evidence }) => <Text size="sm">{evidence.map((one) => t(`evidence.${one}`)).join(', ')}</Text>,
    },
  ];
  if (mayDecide)
    columns.push({
      key: 'decision',
      title: t('decision'),
      isAction: true,
      render: (one) => (
        <Group gap="xs" className="hw-noprint">
          {[true, false].map((isOne) => (
            <Button
              key={String(isOne)}
              size="compact-sm"
              variant={isOne ? 'light' : 'default'}
              aria-label={t(isOne ? 'oneOf' : 'notSameOf', { names: written(one) })}
              disabled={busy !== null}
              onClick={() => void decide(one, isOne)}
            >
              {t(isOne ? 'one' : 'notSame')}
            </Button>
          ))}
        </Group>
      ),
    });
  const edges = connection.edges?.filter(({ node }) => !gone.has(keyOf(node)));
  return (
    <Section title={t('synonyms')}>
      <Text className="hw-quiet">
        {t('synonymsLead')} {mayDecide ? null : t('wholeOnly')}
      </Text>
      {problem === null ? null : <Undecided refusal={problem} />}
      <Said>{said}</Said>
      <ConnectionRecords
        connection={{ ...connection, edges }}
        label={t('synonyms')}
        columns={columns}
        keyOf={keyOf}
        empty={t('synonymsNone')}
      />
    </Section>
  );
}
