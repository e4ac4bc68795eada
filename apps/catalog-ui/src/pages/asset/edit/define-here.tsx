import { EditDefinition } from '../../define/define-dialogs.js';
import type { DefinitionKind } from '../../define/draft.js';
import { useAsOf } from '../use-as-of.js';
import { useReload } from './editing.js';

interface DefineHereProps {
  readonly kind: DefinitionKind;
  readonly id: string;
  readonly name: string;
  readonly list: string;
}

/** Changes or removes the definition whose page it is; nothing as of a past moment. */
export function DefineHere(props: DefineHereProps) {
  const reload = useReload();
  return useAsOf() === null ? <EditDefinition {...props} reload={reload} /> : null;
}
