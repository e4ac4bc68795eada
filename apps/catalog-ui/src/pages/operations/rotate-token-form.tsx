import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Refused } from '../../access/refused.js';
import { Secret } from '../../access/secret.js';
import { ProblemPanel } from '../../ui/problem.js';
import { OVERLAPS, ROTATE_TOKEN, type Overlap, type Token } from './tokens.js';

interface RotateTokenFormProps {
  readonly token: Token;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** Makes a token that stands in for another, and says how long the other stays good. */
export function RotateTokenForm({ token, onMade, onClose }: RotateTokenFormProps) {
  const { t } = useTranslation('tokens');
  const { t: administration } = useTranslation('administration');
  const [overlap, setOverlap] = useState<Overlap>('1440');
  const [{ data, error, fetching }, rotate] = useMutation(ROTATE_TOKEN);
  const outcome = data?.rotateToken;
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const made = await rotate({ input: { id: token.id, overlapMinutes: Number(overlap) } });
    if (made.data?.rotateToken.__typename === 'CreatedToken') onMade();
  };
  if (outcome?.__typename === 'CreatedToken') {
    return (
      <Stack>
        <Secret text={outcome.text} name={outcome.token.name} />
        <Text>{t('rotated', { overlap: t(`overlaps.${overlap}`) })}</Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{administration('done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('rotateLead')}</Text>
        {error === undefined ? null : <ProblemPanel error={error} />}
        {outcome === undefined ? null : <Refused refusal={outcome} />}
        <NativeSelect
          data-autofocus
          label={t('overlap')}
          value={overlap}
          data={OVERLAPS.map((value) => ({ value, label: t(`overlaps.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            setOverlap(value as Overlap);
          }}
        />
        <div role="status">{fetching ? <Text size="sm">{t('rotating')}</Text> : null}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {administration('cancel')}
          </Button>
          <Button type="submit" loading={fetching}>
            {t('rotate')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
