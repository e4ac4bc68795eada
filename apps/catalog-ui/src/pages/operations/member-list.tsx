import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { Dialog } from '../../ui/dialog.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { Time } from '../../ui/time.js';
import { GrantRoleForm } from './grant-role-form.js';
import { MEMBERS, type Binding } from './members.js';
import { AuthenticationOff } from './authentication-off.js';
import { WithdrawRoleForm } from './withdraw-role-form.js';

type Opened = { readonly kind: 'grant' } | { readonly kind: 'withdraw'; readonly binding: Binding };

function useColumns(actions: (binding: Binding) => ReactNode): readonly Column<Binding>[] {
  const { t } = useTranslation('administration');
  return [
    {
      key: 'subject',
      title: t('subject'),
      render: ({ subject }) => (
        <Text fw={600} size="sm" className="hw-name">
          {subject}
        </Text>
      ),
    },
    {
      key: 'role',
      title: t('role'),
      render: ({ role }) => (
        <Stack gap={0}>
          <Text size="sm">{t(`roles.${role}`)}</Text>
          <Text size="sm" className="hw-quiet">
            {t(`roleMeans.${role}`)}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'namespaces',
      title: t('namespaces'),
      render: ({ namespaces }) => (
        <span className="hw-name">{namespaces === null ? t('allNamespaces') : namespaces.join(', ')}</span>
      ),
    },
    { key: 'since', title: t('since'), render: ({ createdAt }) => <Time at={createdAt} /> },
    { key: 'by', title: t('by'), render: ({ createdBy }) => <span className="hw-name">{createdBy}</span> },
    { key: 'actions', title: t('actions'), isAction: true, render: actions },
  ];
}

/** Who has which role, beside what the identity provider says: to bind and to withdraw. */
export function MemberList() {
  const { t } = useTranslation('administration');
  const [dialog, setDialog] = useState<Opened | null>(null);
  const [said, say] = useState('');
  const { after, earlier, showMore, startOver } = usePagesOf<Binding>('');
  const [{ data, error, fetching }, reload] = useQuery({
    query: MEMBERS,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  const again = (): void => {
    startOver();
    reload({ requestPolicy: 'network-only' });
  };
  const close = (): void => {
    setDialog(null);
  };
  const done = (sentence: string): void => {
    say(sentence);
    close();
    again();
  };
  const columns = useColumns((binding) => (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={t('withdrawOf', { role: t(`roles.${binding.role}`), subject: binding.subject })}
      onClick={() => {
        setDialog({ kind: 'withdraw', binding });
      }}
    >
      {t('withdraw')}
    </Button>
  ));
  return (
    <Stack gap="md">
      <AuthenticationOff />
      <Group justify="space-between" align="flex-start">
        <Text className="hw-quiet" maw={680}>
          {t('membersLead')}
        </Text>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => {
            setDialog({ kind: 'grant' });
          }}
        >
          {t('grant')}
        </Button>
      </Group>
      <Said>{said}</Said>
      <Answer data={data} error={error} onRetry={again} lines={6}>
        {({ roleBindings: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, ({ id }) => id);
          if (items.length === 0) return <Empty>{t('membersNone')}</Empty>;
          return (
            <>
              <Records label={t('members')} columns={columns} items={items} keyOf={({ id }) => id} />
              <MoreButton
                page={pageInfo}
                loading={fetching}
                onMore={(cursor) => {
                  showMore(cursor, items);
                }}
              />
            </>
          );
        }}
      </Answer>
      <Dialog
        isOpen={dialog !== null}
        title={dialog?.kind === 'withdraw' ? t('withdrawTitle') : t('grantTitle')}
        onClose={close}
      >
        {dialog === null ? null : dialog.kind === 'grant' ? (
          <GrantRoleForm
            onClose={close}
            onDone={(subject, role) => {
              done(t('granted', { subject, role: t(`roles.${role}`) }));
            }}
          />
        ) : (
          <WithdrawRoleForm
            binding={dialog.binding}
            onClose={close}
            onDone={() => {
              const { subject, role } = dialog.binding;
              done(t('withdrawn', { subject, role: t(`roles.${role}`) }));
            }}
          />
        )}
      </Dialog>
    </Stack>
  );
}
