import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { zonedTime } from '../../../ui/time.js';
import type { AssetAnswer, NodeOf } from '../asset-query.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditOutcome, OpenForm, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf } from './edits.js';
import { useEdit } from './use-edit.js';

type AnyAsset = NodeOf<'Dataset' | 'Job'>;
type Deletion = NonNullable<AnyAsset['deletion']>;

const DELETE = 'delete';

interface DeletedProps {
  readonly deletion: Deletion;
  /** One of its names is deleted, and another is there. */
  readonly isPartly: boolean;
}

/** Who deleted it and when, and why. */
function DeletedBy({ deletion: { by, reason, since }, isPartly }: DeletedProps) {
  const { t, i18n } = useTranslation('asset');
  const time = zonedTime(since, i18n.language);
  return (
    <>
      <Text fw={600} className="hw-name">
        {t(isPartly ? 'edit.deletedName' : 'edit.deletedBy', { by, time })}
      </Text>
      <Text className="hw-name">{reason ?? t('edit.deletedWithout')}</Text>
    </>
  );
}

function Restorable({ editing, deleted }: { readonly editing: Editing; readonly deleted: DeletedProps | null }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const isComing = editOf(control.pending, 'restoreAsset') !== null;
  if (deleted === null) return <EditOutcome control={control} theirs={null} />;
  return (
    <Alert color="red" variant="light" icon={<IconTrash />} className="hw-card" aria-busy={isComing}>
      <Stack gap="xs" align="stretch">
        <DeletedBy {...deleted} />
        <div style={{ marginInlineStart: -8 }}>
          {isComing ? <BeingSaved /> : <OpenForm control={control}>{t('edit.restore')}</OpenForm>}
        </div>
        {control.form === FORM ? (
          <EditForm
            control={control}
            label={t('edit.restore')}
            shown={[]}
            onSave={(reason) => {
              control.save({ kind: 'restoreAsset', reason });
            }}
          >
            <Text size="sm">{t('edit.restoreLead')}</Text>
          </EditForm>
        ) : null}
        <EditOutcome control={control} theirs={<DeletedBy {...deleted} />} />
      </Stack>
    </Alert>
  );
}

/** Says who deleted an asset and why, as of the moment that is shown; to be restored by those who may. */
export function DeletionNotice({ asset: { deletion, deletedAt } }: { readonly asset: AnyAsset }) {
  const editing = useEditing();
  const deleted = deletion === null ? null : { deletion, isPartly: editing !== null && deletedAt === null };
  if (editing !== null) return <Restorable editing={editing} deleted={deleted} />;
  if (deleted === null) return null;
  return (
    <Alert color="red" variant="light" icon={<IconTrash />} className="hw-card">
      <DeletedBy {...deleted} />
    </Alert>
  );
}

interface DeletableProps {
  readonly asset: AnyAsset;
  readonly around: AssetAnswer['lineage'] | undefined;
}

function Deletable({ editing, asset, around }: DeletableProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const isGoing = editOf(control.pending, 'deleteAsset') !== null;
  const reached = around?.downstream;
  const reach =
    reached === undefined || reached.count === 0
      ? null
      : t(reached.isExact ? 'edit.deleteReach' : 'edit.deleteReachMore', { count: reached.count });
  const isThere = asset.deletion === null;
  return (
    <Stack gap="xs" className="hw-noprint">
      <EditOutcome control={control} theirs={isThere ? null : <Text>{t('edit.made.deleteAsset')}</Text>} />
      {isGoing ? <BeingSaved /> : null}
      {isThere && !isGoing ? (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={({ currentTarget }) => {
              control.open(DELETE, currentTarget);
            }}
          >
            {t('edit.delete')}
          </Button>
        </div>
      ) : null}
      <Removal
        control={control}
        isOpen={control.form === DELETE}
        title={t('edit.deleteTitle')}
        lead={[t('edit.deleteLead'), reach].filter((part) => part !== null).join(' ')}
        action={t('edit.deleteDo')}
        onRemove={(reason) => {
          control.save({ kind: 'deleteAsset', reason });
        }}
      />
    </Stack>
  );
}

/** Deletes an asset after a question that says what is downstream of it; nothing for those who may not. */
export function DeletionSection(props: DeletableProps) {
  const editing = useEditing();
  return editing === null ? null : <Deletable editing={editing} {...props} />;
}
