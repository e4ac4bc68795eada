import { isLack } from '@headwater/application/access/lacking';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { CatalogContext } from '../catalog-context.js';
import { toEditRefusal, type EditRefusal } from '../types/edit-results.js';

type Refusal<C> = Omit<EditRefusal, 'current'> & { readonly current: C | null };

/**
 * What an edit made, or its expected failure as a result; what is forbidden is counted as every refusal is. `current`
 * reads what was edited as it is now, for an edit that came behind another.
 */
export async function editedOrRefused<T, C>(
  { principal, address }: CatalogContext,
  { refusals }: Pick<AccessServices, 'refusals'>,
  edit: (by: Principal) => Promise<T>,
  current: () => Promise<C | null>,
): Promise<T | Refusal<C>> {
  if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
  try {
    return await edit(principal);
  } catch (error) {
    const refusal = toEditRefusal(error);
    if (refusal === undefined) throw error;
    const { reason } = refusal;
    if (isLack(reason)) refusals.add({ reason, token: null, address, actor: principal.id });
    return { ...refusal, current: reason === 'EDITED_MEANWHILE' ? await current() : null };
  }
}
