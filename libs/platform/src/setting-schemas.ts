import { z } from 'zod';

const MIB = 1024 * 1024;

/** The members of the configuration: who consumes a setting. */
export type SettingGroup =
  'http' | 'database' | 'storage' | 'neo4j' | 'ingest' | 'catalog' | 'worker' | 'logging' | 'access' | 'rates';

/** How a setting is shown in the documentation. */
export interface SettingDescription {
  readonly name: string;
  readonly group: SettingGroup;
  /** What holds without it, as text; null where the setting is off or must be given. */
  readonly default: string | null;
  /** Never printed, never in the documentation's examples. */
  readonly secret: boolean;
  readonly description: string;
}

/** Where each setting's description is kept beside its schema. */
export const TABLE = z.registry<Omit<SettingDescription, 'name'>>();

export type SettingSchema<T> = z.ZodType<T, string | undefined>;

/** A setting whose text is turned into a value, or into undefined when it is wrong. */
export function parsed<T>(fallback: T, problem: string, parse: (text: string) => T | undefined): SettingSchema<T> {
  return z
    .string()
    .optional()
    .transform((text, context): T => {
      // An empty variable is how shells and compose files say "not set".
      if (text === undefined || text.trim() === '') return fallback;
      const value = parse(text.trim());
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    });
}

/** A whole number from `min` to `max`. */
export function whole(fallback: number, min: number, max: number): SettingSchema<number> {
  return parsed(fallback, `must be a whole number from ${String(min)} to ${String(max)}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kib: 1024, mib: MIB, gib: 1024 * MIB };

/** A number of bytes, with or without a binary unit (KiB, MiB, GiB). */
export function bytes(fallback: number, min: number): SettingSchema<number> {
  return parsed(fallback, `must be a number of bytes of at least ${String(min)}, such as 33554432 or 32MiB`, (text) => {
    const [, digits, unit] = /^(\d{1,12})\s*([a-z]*)$/i.exec(text) ?? [];
    const factor = UNITS[unit?.toLowerCase() ?? ''];
    if (digits === undefined || factor === undefined) return undefined;
    const value = Number(digits) * factor;
    return value >= min && Number.isSafeInteger(value) ? value : undefined;
  });
}

/** Text that matches a pattern. */
export function text<T extends string | null>(
  fallback: T,
  problem = 'must be text',
  pattern = /./,
): SettingSchema<T | string> {
  return parsed<T | string>(fallback, problem, (value) => (pattern.test(value) ? value : undefined));
}

const isUrl = (value: string, protocols: readonly string[]): boolean =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

/** A URL of one of these protocols, or null. */
export function url(protocols: readonly string[]): SettingSchema<string | null> {
  const kinds = protocols.map((protocol) => `${protocol}//`).join(', ');
  return parsed<string | null>(null, `must be a URL that begins with one of ${kinds}`, (value) =>
    isUrl(value, protocols) ? value : undefined,
  );
}
