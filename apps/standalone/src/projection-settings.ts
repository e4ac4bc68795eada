import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';

/** K of rule 16 and the name rules as shipped. */
export const PROJECTION_SETTINGS: ProjectionSettings = { missTolerance: 10, nameRules: DEFAULT_NAME_RULES };
