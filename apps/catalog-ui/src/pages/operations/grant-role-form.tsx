import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { givableRoles, useGivable, type Role } from '../../access/givable.js';
import { faultsByMember, globsOf } from '../../access/refusal.js';
import { Refused } from '../../access/refused.js';
import { ChoiceField } from '../define/choices.js';
import type { Choice } from '../define/choice.js';
import { ProblemPanel } from '../../ui/problem.js';
import { GRANT_ROLE, SUBJECT_KINDS, subjectOf, type SubjectKind } from './members.js';

interface GrantRoleFormProps {
  readonly onDone: (subject: string, role: Role) => void;
  readonly onClose: () => void;
}

/** Binds a role, everywhere or for some namespaces. */
export function GrantRoleForm({ onDone, onClose }: GrantRoleFormProps) {
  const { t } = useTranslation('members');
  const { t: administration } = useTranslation('administration');
  const roles = givableRoles(useGivable());
  const [kind, setKind] = useState<SubjectKind>('email');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(roles[0] ?? 'VIEWER');
  const [namespaces, setNamespaces] = useState('');
  const [domain, setDomain] = useState<Choice | null>(null);
  const isByDomain = role === 'EDITOR' || role === 'STEWARD';
  const [isNameWrong, setNameWrong] = useState(false);
  const [{ data, error, fetching }, grant] = useMutation(GRANT_ROLE);
  const outcome = data?.grantRole;
  const refusal = outcome?.__typename === 'AccessRefusal' ? outcome : null;
  const faults = faultsByMember(refusal?.faults ?? []);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const subject = subjectOf(kind, name);
    setNameWrong(subject === null);
    if (subject === null) return;
    const done = await grant({
      input: { subject, role, namespaces: globsOf(namespaces), domain: isByDomain ? (domain?.id ?? null) : null },
    });
    if (done.data?.grantRole.__typename === 'RoleBinding') onDone(subject, role);
  };
  const isSubjectWrong = isNameWrong || faults['subject'] !== undefined;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error === undefined ? null : <ProblemPanel error={error} />}
        {refusal === null ? null : <Refused refusal={refusal} shown={['subject', 'namespaces', 'domain']} />}
        <NativeSelect
          data-autofocus
          label={t('subjectKind')}
          value={kind}
          data={SUBJECT_KINDS.map((value) => ({ value, label: t(`subjectKinds.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            setKind(value as SubjectKind);
          }}
        />
        <TextInput
          label={t('subject')}
          placeholder={t(`subjectHints.${kind}`)}
          value={name}
          error={isSubjectWrong ? t('subjectWrong', { form: t(`subjectHints.${kind}`) }) : undefined}
          onChange={({ currentTarget: { value } }) => {
            setName(value);
          }}
        />
        <NativeSelect
          label={t('role')}
          description={t(`roleMeans.${role}`)}
          value={role}
          data={roles.map((value) => ({ value, label: administration(`roles.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            setRole(value as Role);
          }}
        />
        <Textarea
          label={administration('namespaces')}
          description={administration('globsHint')}
          autosize
          minRows={2}
          value={namespaces}
          error={faults['namespaces']}
          onChange={({ currentTarget: { value } }) => {
            setNamespaces(value);
          }}
        />
        {isByDomain ? (
          <ChoiceField
            offer="domain"
            label={t('editsIn')}
            hint={t('editsInHint')}
            error={faults['domain']}
            value={domain}
            onChange={setDomain}
          />
        ) : null}
        {(role === 'ADMIN' || role === 'AUDITOR') && namespaces.trim() !== '' ? <Text>{t('roleWhole')}</Text> : null}
        <div role="status">{fetching ? <Text size="sm">{t('granting')}</Text> : null}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {administration('cancel')}
          </Button>
          <Button type="submit" loading={fetching}>
            {t('grant')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
