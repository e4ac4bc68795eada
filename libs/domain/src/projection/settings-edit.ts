import { HeadwaterError } from '../errors.js';
import type { ProjectionSettings } from './batch.js';
import { asRecord, numberAt, own, recordAt, stringAt } from './body-reader.js';
import { DEFAULT_NAME_RULES, type NameRules } from './name-rules.js';

/** K of rule 16 and the name rules as shipped: what holds until an edit in the log says otherwise. */
export const DEFAULT_PROJECTION_SETTINGS: ProjectionSettings = { missTolerance: 10, nameRules: DEFAULT_NAME_RULES };

const EDIT = 'projection.settings';
const MAX_MISS_TOLERANCE = 1_000;

export interface SettingsChange {
  readonly missTolerance?: number;
  readonly nameRules?: Partial<NameRules>;
}

export function isNameRule(name: string): name is keyof NameRules {
  return Object.hasOwn(DEFAULT_NAME_RULES, name);
}

/**
 * The EDIT event that states a change of the settings which a projection depends on. `id` makes two equal edits two
 * events. Throws INVALID_INPUT for a K that is no whole number from 1 to 1,000.
 */
export function settingsEdit(id: string, change: SettingsChange): Uint8Array {
  const { missTolerance } = change;
  const isWrong = missTolerance !== undefined && !isMissTolerance(missTolerance);
  if (isWrong) throw new HeadwaterError('INVALID_INPUT', `K must be a whole number from 1 to ${MAX_MISS_TOLERANCE}`);
  return new TextEncoder().encode(JSON.stringify({ edit: EDIT, id, ...change }));
}

/** The settings after an EDIT event; the same object where it is about something else. Total. */
export function withSettingsEdit(settings: ProjectionSettings, bytes: Uint8Array): ProjectionSettings {
  const body = asRecord(parsed(bytes));
  if (body === undefined || stringAt(body, 'edit') !== EDIT) return settings;
  const tolerance = numberAt(body, 'missTolerance');
  const rules = recordAt(body, 'nameRules') ?? {};
  const stated = Object.keys(DEFAULT_NAME_RULES).flatMap((name) => {
    const value = own(rules, name);
    return typeof value === 'boolean' ? [[name, value] as const] : [];
  });
  return {
    missTolerance: tolerance !== null && isMissTolerance(tolerance) ? tolerance : settings.missTolerance,
    nameRules: { ...settings.nameRules, ...Object.fromEntries(stated) },
  };
}

function isMissTolerance(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_MISS_TOLERANCE;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    // An edit is written by this product; one that cannot be read changes nothing.
    return undefined;
  }
}
