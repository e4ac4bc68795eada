import { Button, Checkbox, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CREATE_TOKEN } from '../../access/create-token.js';
import { useGivable } from '../../access/givable.js';
import { faultsByMember } from '../../access/refusal-words.js';
import { globsOf } from '../../access/refusal.js';
import { Refused } from '../../access/refused.js';
import { Secret } from '../../access/secret.js';
import { toInstant, toLocal } from '../../lib/local-time.js';
import { ProblemPanel } from '../../ui/problem.js';
import { TOKEN_FIELDS, wrongFields, type TokenField, type TokenForm } from './tokens.js';

const EMPTY: TokenForm = { name: '', owner: '', scopes: ['LINEAGE_WRITE'], writes: '', reads: '', expiresAt: null };

/** Makes a token; shows its text once, in place of the form. */
export function CreateTokenForm({ onMade, onClose }: { readonly onMade: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation('tokens');
  const { t: administration } = useTranslation('administration');
  const { t: access } = useTranslation('access');
  const givable = useGivable();
  const [form, setForm] = useState<TokenForm>(EMPTY);
  const [wrong, setWrong] = useState<ReadonlySet<TokenField>>(new Set());
  const [{ data, error, fetching }, create] = useMutation(CREATE_TOKEN);
  const outcome = data?.createToken;
  const refusal = outcome?.__typename === 'AccessRefusal' ? outcome : null;
  const faults = faultsByMember(refusal?.faults ?? []);
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (wrong.size > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  const change = (part: Partial<TokenForm>): void => {
    setForm((before) => ({ ...before, ...part }));
  };
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const found = wrongFields(form, Date.now());
    setWrong(found);
    if (found.size > 0) return;
    const { name, owner, scopes, writes, reads, expiresAt } = form;
    const input = { name, owner, scopes: [...scopes], writes: globsOf(writes), reads: globsOf(reads), expiresAt };
    const made = await create({ input });
    if (made.data?.createToken.__typename === 'CreatedToken') onMade();
  };
  const isWrong = (field: TokenField): boolean => wrong.has(field) || faults[field] !== undefined;
  if (outcome?.__typename === 'CreatedToken') {
    return (
      <Stack>
        <Secret text={outcome.text} name={outcome.token.name} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{administration('done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form ref={fields} onSubmit={submit} noValidate>
      <Stack gap="md">
        {error === undefined ? null : <ProblemPanel error={error} />}
        {refusal === null ? null : <Refused refusal={refusal} shown={TOKEN_FIELDS} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput
            data-autofocus
            label={t('name')}
            description={t('nameHint')}
            value={form.name}
            error={isWrong('name') ? t('nameWrong') : undefined}
            onChange={({ currentTarget: { value } }) => {
              change({ name: value });
            }}
          />
          <TextInput
            label={t('owner')}
            description={t('ownerHint')}
            value={form.owner}
            error={isWrong('owner') ? t('ownerWrong') : undefined}
            onChange={({ currentTarget: { value } }) => {
              change({ owner: value });
            }}
          />
        </SimpleGrid>
        <Checkbox.Group
          label={t('scopes')}
          value={[...form.scopes]}
          error={isWrong('scopes') ? t('scopesWrong') : undefined}
          onChange={(scopes) => {
            change({ scopes: scopes });
          }}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing={6} mt={6}>
            {givable.map((scope) => (
              <Checkbox key={scope} value={scope} label={access(`scope.${scope}`)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Textarea
          label={t('writes')}
          description={administration('globsHint')}
          autosize
          minRows={2}
          value={form.writes}
          error={faults['writes']}
          onChange={({ currentTarget: { value } }) => {
            change({ writes: value });
          }}
        />
        <Textarea
          label={t('reads')}
          description={administration('globsHint')}
          autosize
          minRows={2}
          value={form.reads}
          error={wrong.has('reads') ? t('readsWrong') : faults['reads']}
          onChange={({ currentTarget: { value } }) => {
            change({ reads: value });
          }}
        />
        <TextInput
          type="datetime-local"
          label={t('expiresAt')}
          description={t('expiresHint')}
          value={form.expiresAt === null ? '' : toLocal(form.expiresAt)}
          error={isWrong('expiresAt') ? t('expiresWrong') : undefined}
          onChange={({ currentTarget: { value } }) => {
            change({ expiresAt: toInstant(value) });
          }}
        />
        <div role="status">{fetching ? <Text size="sm">{t('creating')}</Text> : null}</div>
        <Group justify="flex-end" className="hw-foot">
          <Button variant="default" onClick={onClose}>
            {administration('cancel')}
          </Button>
          <Button type="submit" loading={fetching}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
