import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Refused } from '../../access/refused.js';
import { Confirm } from '../../ui/confirm.js';
import { ProblemPanel } from '../../ui/problem.js';
import { WITHDRAW_ROLE, type Binding } from './members.js';

interface WithdrawRoleFormProps {
  readonly binding: Binding;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks before a role binding is taken away. */
export function WithdrawRoleForm({ binding, onDone, onClose }: WithdrawRoleFormProps) {
  const { t } = useTranslation('administration');
  const [{ data, error, fetching }, withdraw] = useMutation(WITHDRAW_ROLE);
  const outcome = data?.withdrawRole;
  const submit = async (): Promise<void> => {
    const done = await withdraw({ input: { id: binding.id } });
    if (done.data?.withdrawRole.__typename === 'RoleBinding') onDone();
  };
  return (
    <Confirm
      lead={
        <Text className="hw-name">
          {t('withdrawLead', { subject: binding.subject, role: t(`roles.${binding.role}`) })}
        </Text>
      }
      problem={
        error === undefined ? (
          outcome?.__typename === 'AccessRefusal' ? (
            <Refused refusal={outcome} />
          ) : null
        ) : (
          <ProblemPanel error={error} />
        )
      }
      action={t('withdraw')}
      cancel={t('cancel')}
      doing={t('withdrawing')}
      isDoing={fetching}
      onDo={() => void submit()}
      onClose={onClose}
    />
  );
}
