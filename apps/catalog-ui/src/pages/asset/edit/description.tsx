import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Markdown } from '../../../ui/markdown.js';
import classes from '../asset.module.css';
import { Description, DescriptionText } from '../overview.js';
import { DESCRIBED_BY } from './domains-query.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditSection, Removal } from './edit-section.js';
import { useEditing, type Editing } from './editing.js';
import { editOf } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';

const TAKE_BACK = 'take back';

interface DescriptionProps {
  readonly id: string;
  readonly text: string | null;
}

/** Whether what is shown was entered by people, so that it can be taken back. */
function useIsEntered(id: string): boolean {
  const [{ data }] = useQuery({ query: DESCRIBED_BY, variables: { id }, requestPolicy: 'cache-and-network' });
  const node = data?.node;
  if (node == null || !('descriptionHistory' in node)) return false;
  return node.descriptionHistory.some(({ source, until }) => source === 'EDIT' && until === null);
}

interface DescriptionFormProps extends DescriptionProps {
  readonly control: EditControl;
}

function DescriptionForm({ control, id, text }: DescriptionFormProps) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save, open } = control;
  const [written, setWritten] = useState(editOf(unmade, 'describeAsset')?.text ?? text ?? '');
  const canTakeBack = useIsEntered(id);
  return (
    <EditForm
      control={control}
      label={t('edit.descriptionForm')}
      shown={['text']}
      onSave={(reason) => {
        save({ kind: 'describeAsset', text: written, reason });
      }}
      more={
        canTakeBack ? (
          <Button
            variant="subtle"
            size="xs"
            onClick={({ currentTarget }) => {
              open(TAKE_BACK, currentTarget);
            }}
          >
            {t('edit.takeBack')}
          </Button>
        ) : null
      }
    >
      <Textarea
        label={t('edit.text')}
        description={t('edit.textHint')}
        autosize
        minRows={5}
        maxRows={20}
        value={written}
        error={faults['text']}
        onChange={({ currentTarget: { value } }) => {
          setWritten(value);
        }}
      />
      <Stack gap={4} component="section" aria-label={t('edit.preview')}>
        <Text size="sm" fw={500}>
          {t('edit.preview')}
        </Text>
        <div className={classes['preview']}>
          {written.trim() === '' ? (
            <Text className="hw-quiet">{t('edit.previewNone')}</Text>
          ) : (
            <Markdown text={written} />
          )}
        </div>
      </Stack>
    </EditForm>
  );
}

function EditableDescription({ editing, id, text }: DescriptionProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const { pending, state } = control;
  const coming = editOf(pending, 'describeAsset');
  const wanted = 'sent' in state ? editOf(state.sent.edit, 'describeAsset') : null;
  return (
    <EditSection
      title={t('description')}
      action={t('edit.editDescription')}
      control={control}
      form={<DescriptionForm control={control} id={id} text={text} />}
      mine={wanted === null || wanted.text === null ? undefined : <Markdown text={wanted.text} />}
      theirs={<DescriptionText text={text} />}
    >
      {control.form === null || control.form === TAKE_BACK ? (
        <div aria-busy={coming !== null} className={coming === null ? undefined : classes['going']}>
          <DescriptionText text={coming?.text ?? text} />
          {coming === null ? null : <BeingSaved />}
        </div>
      ) : null}
      <Removal
        control={control}
        isOpen={control.form === TAKE_BACK}
        title={t('edit.takeBackTitle')}
        lead={t('edit.takeBackLead')}
        action={t('edit.takeBack')}
        onRemove={(reason) => {
          control.save({ kind: 'describeAsset', text: null, reason });
        }}
      />
    </EditSection>
  );
}

interface DescriptionSectionProps extends DescriptionProps {
  /** Whether only the present one is kept. */
  readonly isOfNow?: boolean;
}

/** What an asset or a field is; to be edited in place by those who may. */
export function DescriptionSection({ isOfNow = false, ...props }: DescriptionSectionProps) {
  const editing = useEditing();
  if (editing === null) return <Description text={props.text} isOfNow={isOfNow} />;
  return <EditableDescription editing={editing} {...props} />;
}
