import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/page.js';
import { TagBadge } from '../../../ui/tag-badge.js';
import { TagLines } from '../facts.js';
import type { Tag } from '../fragments.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditSection, OpenRemoval, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useEditing, type Editing } from './editing.js';
import { editOf } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';

/** Apart from the name of the form that adds one. */
const keyOf = ({ tag }: Tag): string => `tag ${tag.name}`;

function TagForm({ control }: { readonly control: EditControl }) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save } = control;
  const [tag, setTag] = useState(editOf(unmade, 'tagAsset')?.tag ?? '');
  return (
    <EditForm
      control={control}
      label={t('edit.addTag')}
      shown={['tag']}
      onSave={(reason) => {
        save({ kind: 'tagAsset', tag: tag.trim(), reason });
      }}
    >
      <TextInput
        label={t('edit.tag')}
        description={t('edit.tagHint')}
        value={tag}
        error={faults['tag']}
        onChange={({ currentTarget: { value } }) => {
          setTag(value);
        }}
      />
    </EditForm>
  );
}

interface TagsProps {
  readonly id: string;
  readonly tags: readonly Tag[];
}

function EditableTags({ editing, id, tags }: TagsProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'tagAsset');
  const going = editOf(control.pending, 'untagAsset');
  const leaving = tags.find((tag) => keyOf(tag) === control.form);
  return (
    <EditSection
      title={t('tags')}
      action={t('edit.addTag')}
      control={control}
      form={<TagForm control={control} />}
      theirs={<Text className="hw-name">{tags.map(({ tag }) => tag.name).join(', ') || t('edit.theirsNone')}</Text>}
    >
      <TagLines
        id={id}
        tags={tags}
        isGoing={({ tag }) => going?.tag === tag.name}
        coming={
          coming === null ? null : (
            <>
              <TagBadge name={coming.tag} isLink={false} />
              <BeingSaved />
            </>
          )
        }
        action={(tag) =>
          control.pending === null && control.form !== FORM ? (
            <OpenRemoval
              control={control}
              form={keyOf(tag)}
              label={t(tag.propagated ? 'edit.notHere' : 'edit.untag', { tag: tag.tag.name })}
            />
          ) : null
        }
      />
      <Removal
        control={control}
        isOpen={leaving !== undefined}
        title={t(leaving?.propagated === true ? 'edit.notHereTitle' : 'edit.untagTitle')}
        lead={
          leaving === undefined
            ? ''
            : t(leaving.propagated ? 'edit.notHereLead' : 'edit.untagLead', { tag: leaving.tag.name })
        }
        action={t(leaving?.propagated === true ? 'edit.notHereDo' : 'edit.remove')}
        onRemove={(reason) => {
          if (leaving !== undefined) control.save({ kind: 'untagAsset', tag: leaving.tag.name, reason });
        }}
      />
    </EditSection>
  );
}

/** What is put on a node; to be edited in place by those who may. */
export function TagsSection(props: TagsProps) {
  const { t } = useTranslation('asset');
  const editing = useEditing();
  if (editing !== null) return <EditableTags editing={editing} {...props} />;
  return (
    <Section title={t('tags')}>
      <TagLines {...props} />
    </Section>
  );
}
