import { EditDefinition, type EditProps } from '../../define/define-dialogs.js';
import { useAsOf } from '../use-as-of.js';
import { useReload } from './editing.js';

/** Changes or removes the definition whose page it is; nothing as of a past moment. */
export function DefineHere(props: Omit<EditProps, 'reload'>) {
  const reload = useReload();
  return useAsOf() === null ? <EditDefinition {...props} reload={reload} /> : null;
}
