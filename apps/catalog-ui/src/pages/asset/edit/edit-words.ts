import { useTranslation } from 'react-i18next';
import { useOwnerRoles } from '../../../ui/owner-roles.js';
import type { EditControl } from './use-edit.js';
import { pathOf, type Edit } from './edits.js';

type Words = (edit: Edit) => string;

/** Words for what an edit has changed. */
export function useMadeWords(): Words {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  return (edit) => {
    switch (edit.kind) {
      case 'describeAsset':
        return t(edit.text === null ? 'edit.made.takeBack' : 'edit.made.describeAsset');
      case 'assignDomain':
        return edit.domain === null
          ? t('edit.made.noDomain')
          : t('edit.made.assignDomain', { domain: pathOf(edit.domain) });
      case 'assignOwner':
      case 'removeOwner':
        return t(`edit.made.${edit.kind}`, { name: edit.name, role: nameOf(edit.role) });
      case 'tagAsset':
      case 'untagAsset':
        return t(`edit.made.${edit.kind}`, { tag: edit.tag });
      case 'assignTerm':
      case 'unassignTerm':
        return t(`edit.made.${edit.kind}`, { term: edit.term.name });
      case 'setProperty':
        return t('edit.made.setProperty', { name: edit.property.name, values: edit.values.join(', ') });
      case 'unsetProperty':
        return t('edit.made.unsetProperty', { name: edit.property.name });
      case 'addToLogicalDataset':
      case 'removeFromLogicalDataset':
        return t(`edit.made.${edit.kind}`, { name: edit.logical.name });
      case 'deleteAsset':
      case 'restoreAsset':
        return t(`edit.made.${edit.kind}`);
    }
  };
}

/** Words for what somebody wants, beside what is there. */
export function useWantedWords(): Words {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  return (edit) => {
    switch (edit.kind) {
      case 'describeAsset':
        return edit.text ?? t('edit.wants.takeBack');
      case 'assignDomain':
        return edit.domain === null ? t('edit.noDomain') : pathOf(edit.domain);
      case 'assignOwner':
      case 'removeOwner':
        return t(`edit.wants.${edit.kind}`, { name: edit.name, role: nameOf(edit.role) });
      case 'tagAsset':
      case 'untagAsset':
        return t(`edit.wants.${edit.kind}`, { tag: edit.tag });
      case 'assignTerm':
      case 'unassignTerm':
        return t(`edit.wants.${edit.kind}`, { term: edit.term.name });
      case 'setProperty':
        return t('edit.wants.setProperty', { name: edit.property.name, values: edit.values.join(', ') });
      case 'unsetProperty':
        return t('edit.wants.unsetProperty', { name: edit.property.name });
      case 'addToLogicalDataset':
      case 'removeFromLogicalDataset':
        return t(`edit.wants.${edit.kind}`, { name: edit.logical.name });
      case 'deleteAsset':
      case 'restoreAsset':
        return t(`edit.wants.${edit.kind}`);
    }
  };
}

/** What came of the latest edit of a section, for everybody to hear; empty where there is nothing to say. */
export function useSaid({ state, isShown }: EditControl): string {
  const { t } = useTranslation('asset');
  const made = useMadeWords();
  if (state.phase === 'SAVING') return t('edit.saving');
  if (state.phase === 'CLOSED') return state.kept ? t('edit.theirsKept') : '';
  if (state.phase !== 'MADE') return '';
  if (isShown) return made(state.sent.edit);
  return t(state.isBehind ? 'edit.kept' : 'edit.saving');
}
