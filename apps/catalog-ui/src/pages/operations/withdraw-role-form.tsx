import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AccessProblem } from '../../access/access-problem.js';
import { Confirm } from '../../ui/confirm.js';
import { WITHDRAW_ROLE, type Binding } from './members.js';

interface WithdrawRoleFormProps {
  readonly binding: Binding;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks before a role binding is taken away. */
export function WithdrawRoleForm({ binding, onDone, onClose }: WithdrawRoleFormProps) {
  const { t } = useTranslation('members');
  const { t: administration } = useTranslation('administration');
  const [{ data, error, fetching }, withdraw] = useMutation(WITHDRAW_ROLE);
  const submit = async (): Promise<void> => {
    const done = await withdraw({ input: { id: binding.id } });
    if (done.data?.withdrawRole.__typename === 'RoleBinding') onDone();
  };
  return (
    <Confirm
      lead={
        <Text className="hw-name">
          {t('withdrawLead', { subject: binding.subject, role: administration(`roles.${binding.role}`) })}
        </Text>
      }
      problem={<AccessProblem error={error} outcome={data?.withdrawRole} />}
      action={t('withdraw')}
      cancel={administration('cancel')}
      doing={t('withdrawing')}
      isDoing={fetching}
      onDo={() => void submit()}
      onClose={onClose}
    />
  );
}
