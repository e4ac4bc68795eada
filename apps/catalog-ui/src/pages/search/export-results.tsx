import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, type Client } from 'urql';
import { graphql, type VariablesOf } from '../../graphql/tada.js';
import { saveFile } from '../../lib/save-file.js';
import { useUrlState } from '../../lib/url-state.js';
import { searchOf } from './search-query.js';

const EXPORT = graphql(`
  query ExportAssets($query: String!, $filter: SearchFilter, $after: String) {
    exportAssets(query: $query, filter: $filter, after: $after) {
      text
      hasNextPage
      endCursor
    }
  }
`);

/** All parts of the file; null where one could not be had, so that nobody takes a part for the whole. */
async function partsOf(client: Client, parameters: URLSearchParams): Promise<readonly string[] | null> {
  const { query, filter = null } = searchOf(parameters);
  const texts: string[] = [];
  let after: string | null = null;
  for (;;) {
    const variables: VariablesOf<typeof EXPORT> = { query, filter, after };
    const { data } = await client.query(EXPORT, variables, { requestPolicy: 'network-only' }).toPromise();
    if (data === undefined) return null;
    const { text, hasNextPage, endCursor } = data.exportAssets;
    texts.push(text);
    if (!hasNextPage) return texts;
    after = endCursor;
  }
}

/** All that the search of the address finds, as a file. */
export function ExportResults() {
  const { t } = useTranslation('search');
  const client = useClient();
  const [parameters] = useUrlState();
  const [state, setState] = useState<'IDLE' | 'BUSY' | 'FAILED'>('IDLE');
  const download = async (): Promise<void> => {
    setState('BUSY');
    const texts = await partsOf(client, parameters);
    setState(texts === null ? 'FAILED' : 'IDLE');
    if (texts !== null) saveFile('assets.csv', new Blob([...texts], { type: 'text/csv' }));
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        className="hw-noprint"
        loading={state === 'BUSY'}
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => {
          void download();
        }}
      >
        {t('export')}
      </Button>
      {state === 'FAILED' ? (
        <Text size="sm" role="alert">
          {t('exportFailed')}
        </Text>
      ) : null}
    </>
  );
}
