import { randomUUID } from 'node:crypto';
import { previewNames } from '@headwater/application/projection/preview-names';
import { HeadwaterError } from '@headwater/domain/errors';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { isNameRule, settingsEdit, type SettingsChange } from '@headwater/domain/projection/settings-edit';
import { currentGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import type { Stores } from './stores.js';

const LINES_SHOWN = 100;

/** What the running projection follows, and what the log has stated for the next. */
async function rulesOf(stores: Stores): Promise<{ followed: ProjectionSettings; stated: ProjectionSettings }> {
  const current = await currentGeneration(stores.pool);
  if (current === undefined) throw new HeadwaterError('NOT_FOUND', 'there is no projection yet: run npm start first');
  const projection = new PostgresProjection(stores.pool, generationSchema(current.number));
  const [followed, stated] = await Promise.all([projection.settings(), projection.statedSettings()]);
  return { followed, stated };
}

/** One line a rule: what the running projection follows, and what the log has stated since. */
export async function describeRules(stores: Stores): Promise<readonly string[]> {
  const { followed, stated } = await rulesOf(stores);
  const line = (name: string, now: string, next: string): string =>
    `${name.padEnd(18)} ${now}${now === next ? '' : ` (${next} with the next rebuild)`}`;
  const names = Object.keys(DEFAULT_NAME_RULES).filter(isNameRule);
  return [
    ...names.map((rule) => line(rule, onOff(followed.nameRules[rule]), onOff(stated.nameRules[rule]))),
    line('misses', String(followed.missTolerance), String(stated.missTolerance)),
  ];
}

/** What the next rebuild would do to names if `change` were stated too, as lines: nothing is changed by asking. */
export async function previewRules(
  stores: Stores,
  change: SettingsChange,
  onProgress: (events: number) => void,
): Promise<readonly string[]> {
  const { followed, stated } = await rulesOf(stores);
  const then = { ...stated.nameRules, ...change.nameRules };
  const { renamed, nodes } = await previewNames(stores.log, followed.nameRules, then, onProgress);
  const shown = renamed.slice(0, LINES_SHOWN).map(({ sent, now, then: name }) => {
    const known = now === sent ? '' : ` (now ${now})`;
    return `${sent}${known} -> ${name}`;
  });
  const more = renamed.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`and ${String(more)} more`] : []),
    renamed.length === 0
      ? 'No name would belong to another dataset or job than now.'
      : `${String(renamed.length)} names would belong to another dataset or job than now; ` +
        `${String(nodes.now)} datasets and jobs would be ${String(nodes.then)}.`,
  ];
}

/** What `rules <verb> <word>` states; undefined where the words make no sense. INVALID_INPUT for a rule not shipped. */
export function ruleChange(verb: string, word: string): SettingsChange | undefined {
  if (verb === 'misses') return { missTolerance: /^\d+$/.test(word) ? Number(word) : Number.NaN };
  if (verb !== 'enable' && verb !== 'disable') return undefined;
  if (isNameRule(word)) return { nameRules: { [word]: verb === 'enable' } };
  const known = Object.keys(DEFAULT_NAME_RULES).join(', ');
  throw new HeadwaterError('INVALID_INPUT', `there is no name rule "${word}"; there are ${known}`);
}

/** Appends the edit. INVALID_INPUT for a number of misses that cannot be. */
export async function stateRules(stores: Stores, change: SettingsChange): Promise<void> {
  const bytes = settingsEdit(randomUUID(), change);
  await stores.log.append([{ kind: 'EDIT', bytes, receivedAt: Date.now() * 1000 }]);
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}
