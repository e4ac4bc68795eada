import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CREATE_TOKEN } from '../../access/create-token.js';
import { useGivable } from '../../access/givable.js';
import { faultsByMember } from '../../access/refusal-words.js';
import { Refused } from '../../access/refused.js';
import { Secret } from '../../access/secret.js';
import { useMay, useViewer } from '../../graphql/viewer.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Loading, ProblemPanel } from '../../ui/problem.js';
import { TOKEN_PLACEHOLDER } from './snippets.js';

const GOOD_FOR_MS = 90 * 24 * 3_600_000;

function Maker({ owner, onMade }: { readonly owner: string; readonly onMade: (text: string) => void }) {
  const { t } = useTranslation('start');
  const [name, setName] = useState<string>(t('tokenNameDefault'));
  const [{ data, error, fetching }, create] = useMutation(CREATE_TOKEN);
  const outcome = data?.createToken;
  const refusal = outcome?.__typename === 'AccessRefusal' ? outcome : null;
  const isNameWrong = faultsByMember(refusal?.faults ?? [])['name'] !== undefined;
  const make = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const expiresAt = new Date(Date.now() + GOOD_FOR_MS).toISOString();
    const made = await create({ input: { name, owner, scopes: ['LINEAGE_WRITE'], expiresAt } });
    if (made.data?.createToken.__typename === 'CreatedToken') onMade(made.data.createToken.text);
  };
  if (outcome?.__typename === 'CreatedToken') return <Secret text={outcome.text} name={outcome.token.name} />;
  return (
    <form onSubmit={make}>
      <Stack gap="sm">
        <Text className="hw-quiet">
          {t('tokenWhy')} {t('tokenUntil')}
        </Text>
        {error === undefined ? null : <ProblemPanel error={error} />}
        {refusal === null ? null : <Refused refusal={refusal} shown={['name']} />}
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('tokenName')}
            value={name}
            required
            maxLength={200}
            withAsterisk={false}
            error={isNameWrong ? t('tokenNameWrong') : undefined}
            flex={1}
            miw={200}
            maw={360}
            onChange={({ currentTarget: { value } }) => {
              setName(value);
            }}
          />
          <Button type="submit" loading={fetching}>
            {t('tokenMake')}
          </Button>
          <PageLink to="/operations/tokens" pb={8}>
            {t('tokens')}
          </PageLink>
        </Group>
        <div role="status">{fetching ? <Text size="sm">{t('tokenMaking')}</Text> : null}</div>
      </Stack>
    </form>
  );
}

/** Whether the viewer may make the token that senders show. */
export function useMayMakeToken(): boolean {
  const isAdmin = useMay('ADMIN');
  return useGivable().includes('LINEAGE_WRITE') && isAdmin;
}

/** Makes the token that senders show, for whoever may; tells others whom to ask. */
export function TokenPanel({ onMade }: { readonly onMade: (text: string) => void }) {
  const { t } = useTranslation('start');
  const viewer = useViewer();
  const mayMake = useMayMakeToken();
  return (
    <Section title={t('token')}>
      {viewer === null ? (
        <Loading lines={2} />
      ) : viewer.kind === 'LOCAL' ? (
        <Text>{t('tokenNotNeeded')}</Text>
      ) : mayMake ? (
        <Maker owner={viewer.name} onMade={onMade} />
      ) : (
        <Text>{t('tokenAsk', { placeholder: TOKEN_PLACEHOLDER })}</Text>
      )}
    </Section>
  );
}
