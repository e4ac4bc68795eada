import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { glossary as messages } from '../../i18n/messages/glossary.js';
import { assetHref } from '../../lib/node-id.js';
import { saveFile } from '../../lib/save-file.js';
import { useUrlState } from '../../lib/url-state.js';
import { AsOf } from '../../ui/as-of.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { CreateDefinition } from '../define/define-dialogs.js';
import { EXPORT, type GlossaryTerm } from './glossary-query.js';
import classes from './glossary.module.css';
import { ImportTerms } from './import-terms.js';
import { treeOf, type TermBranch } from './term-tree.js';
import { useTerms } from './use-terms.js';

addMessages('glossary', messages);

interface TreeProps {
  readonly branches: readonly TermBranch<GlossaryTerm>[];
  readonly asOf: string | null;
}

function Tree({ branches, asOf }: TreeProps) {
  const { t } = useTranslation('glossary');
  return (
    <ul className={classes['tree']}>
      {branches.map(({ term, below }) => (
        <li key={term.id}>
          <PageLink to={assetHref(term.id, { asOf })} className="hw-name" fw={550}>
            {term.name}
          </PageLink>
          {term.synonyms.length === 0 ? null : (
            <Text component="span" size="sm" className="hw-quiet hw-name">
              {' '}
              {term.synonyms.join(', ')}
            </Text>
          )}
          {term.status === 'APPROVED' ? null : (
            <Text component="span" size="xs" className="hw-quiet">
              {' '}
              ({t(`status.${term.status}`)})
            </Text>
          )}
          {below.length === 0 ? null : <Tree branches={below} asOf={asOf} />}
        </li>
      ))}
    </ul>
  );
}

function Download({ asOf }: { readonly asOf: string | null }) {
  const { t } = useTranslation('glossary');
  const client = useClient();
  const [failed, setFailed] = useState(false);
  const download = async (): Promise<void> => {
    const { data } = await client.query(EXPORT, { asOf }, { requestPolicy: 'network-only' }).toPromise();
    setFailed(data === undefined);
    if (data !== undefined) saveFile('glossary.csv', new Blob([data.exportTerms], { type: 'text/csv' }));
  };
  return (
    <Group gap="xs" className="hw-noprint">
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => {
          void download();
        }}
      >
        {t('download')}
      </Button>
      <Text size="sm" role="status">
        {failed ? t('downloadFailed') : ''}
      </Text>
    </Group>
  );
}

interface FoundProps {
  readonly terms: readonly GlossaryTerm[];
  readonly isPart: boolean;
  readonly text: string;
  readonly asOf: string | null;
}

function Found({ terms, isPart, text, asOf }: FoundProps) {
  const { t, i18n } = useTranslation('glossary');
  if (terms.length === 0) {
    return (
      <Empty>
        <Text>{t(text === '' ? 'none' : 'notFound')}</Text>
      </Empty>
    );
  }
  const total = terms.length.toLocaleString(i18n.language);
  return (
    <Section title={t('count', { count: terms.length, total })}>
      {isPart ? <Text className="hw-quiet">{t('rest')}</Text> : null}
      <Tree branches={treeOf(terms)} asOf={asOf} />
    </Section>
  );
}

/** What words mean: every term below its wider one, as of `asOf`, narrowed down by `q`. */
export default function GlossaryPage() {
  const { t } = useTranslation('glossary');
  const [parameters, set] = useUrlState();
  const text = parameters.get('q') ?? '';
  const asked = parameters.get('asOf');
  const asOf = asked === null || Number.isNaN(Date.parse(asked)) ? null : asked;
  const { terms, isPart, error, reload } = useTerms(text.slice(0, 200), asOf);
  return (
    <Page
      title={t('title')}
      actions={
        <Group gap="md">
          {asOf === null ? <CreateDefinition kind="term" /> : null}
          <Download asOf={asOf} />
          {asOf === null ? <ImportTerms onDone={reload} /> : null}
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
      <TextInput
        type="search"
        maw={480}
        label={t('search')}
        description={t('searchHint')}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          set({ q: value === '' ? null : value });
        }}
      />
      <Stack gap="lg">
        <Answer data={terms} error={error} onRetry={reload}>
          {(found) => <Found terms={found} isPart={isPart} text={text} asOf={asOf} />}
        </Answer>
      </Stack>
    </Page>
  );
}
