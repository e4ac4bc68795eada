import { randomUUID } from 'node:crypto';
import { HeadwaterError } from '@headwater/domain/errors';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { isNameRule, settingsEdit } from '@headwater/domain/projection/settings-edit';
import { currentGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import type { Stores } from './stores.js';

/** One line a rule: whether the running projection follows it, and what the log has stated since. */
export async function describeRules(stores: Stores): Promise<readonly string[]> {
  const current = await currentGeneration(stores.pool);
  if (current === undefined) throw new HeadwaterError('NOT_FOUND', 'there is no projection yet: run npm start first');
  const projection = new PostgresProjection(stores.pool, generationSchema(current.number));
  const [followed, stated] = await Promise.all([projection.settings(), projection.statedSettings()]);
  return Object.keys(DEFAULT_NAME_RULES)
    .filter(isNameRule)
    .map((rule) => {
      const isPending = followed.nameRules[rule] !== stated.nameRules[rule];
      const next = isPending ? ` (${onOff(stated.nameRules[rule])} with the next rebuild)` : '';
      return `${rule.padEnd(18)} ${onOff(followed.nameRules[rule])}${next}`;
    });
}

/** Appends the edit. INVALID_INPUT for a rule that is not shipped. */
export async function switchRule(stores: Stores, rule: string, isOn: boolean): Promise<void> {
  if (!isNameRule(rule)) {
    const known = Object.keys(DEFAULT_NAME_RULES).join(', ');
    throw new HeadwaterError('INVALID_INPUT', `there is no name rule "${rule}"; there are ${known}`);
  }
  const bytes = settingsEdit(randomUUID(), { nameRules: { [rule]: isOn } });
  await stores.log.append([{ kind: 'EDIT', bytes, receivedAt: Date.now() * 1000 }]);
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}
