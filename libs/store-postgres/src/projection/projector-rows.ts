import { hash128 } from '@headwater/domain/identifiers';

/** Rows of table `aggregate` that tell of the projector, not of the catalog. */
export const FOLLOWED = hash128('settings that the generation follows');
export const STATED = hash128('settings that the log states');
export const STALE = hash128('assets that search may tell wrong of');

/** Which rules the shapes of fields were judged by. */
export const JUDGED = hash128('rules that shapes of fields were judged by');

export const PROJECTOR_ROWS: readonly string[] = [FOLLOWED, STATED, STALE, JUDGED];
