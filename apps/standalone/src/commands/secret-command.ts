import { parseArgs } from 'node:util';
import { RotateSecret } from '@headwater/application/access/rotate-secret';
import { isSecretName, SECRET_NAMES } from '@headwater/domain/access/installation-secret';
import { CLI_ASKER, durationOf, timeOf, UsageError, type AccessCommand } from './command-line.js';

const DAY_OVERLAP = '24h';

/** `secret rotate [<name> …]`: all of them where none is named. Throws UsageError. */
export function secretCommand([verb = '', ...words]: readonly string[]): AccessCommand {
  if (verb !== 'rotate') throw new UsageError('secret must be followed by rotate');
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { overlap: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !isSecretName(name));
  if (unknown.length > 0) {
    throw new UsageError(`there is no secret ${unknown.join(', ')}; there are ${SECRET_NAMES.join(', ')}`);
  }
  const named = new Set(positionals.filter(isSecretName));
  const overlap = durationOf('--overlap', values.overlap ?? DAY_OVERLAP);
  return async (parts, output) => {
    for (const name of named.size > 0 ? named : SECRET_NAMES) {
      const until = await new RotateSecret(parts).execute(CLI_ASKER, name, overlap);
      output.say(
        `${name} is a new one, everywhere within seconds; what the old one sealed opens until ${timeOf(until, '')}.`,
      );
    }
  };
}
