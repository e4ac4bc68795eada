import { Button, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addMessages } from '../../i18n/i18n.js';
import { define } from '../../i18n/messages/define.js';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import type { ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { Dialog } from '../../ui/dialog.js';
import type { Column } from '../../ui/records.js';
import { Said } from '../../ui/said.js';
import { Time } from '../../ui/time.js';
import { GrantRoleForm } from './grant-role-form.js';
import { MEMBERS, type Binding } from './members.js';
import { AuthenticationOff } from './authentication-off.js';
import { ListLead } from './list-lead.js';
import { WithdrawRoleForm } from './withdraw-role-form.js';

// The form chooses a domain as those of definitions do.
addMessages('define', define);

const NONE = {};
const pageOf = ({ roleBindings }: ResultOf<typeof MEMBERS>) => roleBindings;

type Opened = { readonly kind: 'grant' } | { readonly kind: 'withdraw'; readonly binding: Binding };

/** The domain in which alone a role edits; nothing where it is bound by none. */
function EditsIn({ binding: { domainId, domain } }: { readonly binding: Binding }) {
  const { t } = useTranslation('members');
  if (domainId === null) return null;
  if (domain === null)
    return (
      <Text size="sm" className="hw-name">
        {t('domainGone', { id: domainId })}
      </Text>
    );
  return <PageLink to={assetHref(domain.id)}>{domain.name}</PageLink>;
}

function useColumns(actions: (binding: Binding) => ReactNode): readonly Column<Binding>[] {
  const { t } = useTranslation('members');
  const { t: administration } = useTranslation('administration');
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
          <Text size="sm">{administration(`roles.${role}`)}</Text>
          <Text size="sm" className="hw-quiet">
            {t(`roleMeans.${role}`)}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'namespaces',
      title: administration('namespaces'),
      render: ({ namespaces }) => (
        <span className="hw-name">{namespaces === null ? administration('allNamespaces') : namespaces.join(', ')}</span>
      ),
    },
    { key: 'domain', title: t('editsIn'), render: (binding) => <EditsIn binding={binding} /> },
    { key: 'since', title: t('since'), render: ({ createdAt }) => <Time at={createdAt} /> },
    { key: 'by', title: t('by'), render: ({ createdBy }) => <span className="hw-name">{createdBy}</span> },
    { key: 'actions', title: administration('actions'), isAction: true, render: actions },
  ];
}

/** Who has which role, beside what the identity provider says: to bind and to withdraw. */
export function MemberList() {
  const { t } = useTranslation('members');
  const { t: administration } = useTranslation('administration');
  const [dialog, setDialog] = useState<Opened | null>(null);
  const [said, say] = useState('');
  const connection = useConnection({ query: MEMBERS, variables: NONE, pageOf });
  const close = (): void => {
    setDialog(null);
  };
  const done = (sentence: string): void => {
    say(sentence);
    close();
    connection.reload();
  };
  const columns = useColumns((binding) => (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={t('withdrawOf', { role: administration(`roles.${binding.role}`), subject: binding.subject })}
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
      <ListLead
        lead={t('membersLead')}
        action={t('grant')}
        onAction={() => {
          setDialog({ kind: 'grant' });
        }}
      />
      <Said>{said}</Said>
      <ConnectionRecords
        connection={connection}
        label={t('members')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('membersNone')}
      />
      <Dialog
        isOpen={dialog !== null}
        title={dialog?.kind === 'withdraw' ? t('withdrawTitle') : t('grantTitle')}
        onClose={close}
      >
        {dialog === null ? null : dialog.kind === 'grant' ? (
          <GrantRoleForm
            onClose={close}
            onDone={(subject, role) => {
              done(t('granted', { subject, role: administration(`roles.${role}`) }));
            }}
          />
        ) : (
          <WithdrawRoleForm
            binding={dialog.binding}
            onClose={close}
            onDone={() => {
              const { subject, role } = dialog.binding;
              done(t('withdrawn', { subject, role: administration(`roles.${role}`) }));
            }}
          />
        )}
      </Dialog>
    </Stack>
  );
}
