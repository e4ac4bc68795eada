import { parseArgs } from 'node:util';
import { CreateToken, type CreatedToken } from '@headwater/application/access/create-token';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { RotateToken } from '@headwater/application/access/rotate-token';
import type { TokenRow } from '@headwater/domain/access/access-store';
import { isScope, SCOPES, type Scope } from '@headwater/domain/access/scopes';
import type { Micros } from '@headwater/domain/time';
import {
  allOf,
  CLI_ASKER,
  durationOf,
  globsText,
  listOf,
  needed,
  tableOf,
  timeOf,
  UsageError,
  type AccessCommand,
  type Output,
} from './command-line.js';

const DAY_OVERLAP = '24h';

const VERBS: Readonly<Record<string, (words: readonly string[]) => AccessCommand>> = {
  create,
  list,
  rotate,
  revoke,
};

/** `token create|list|rotate|revoke`. Throws UsageError. */
export function tokenCommand([verb = '', ...words]: readonly string[]): AccessCommand {
  const prepare = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (prepare === undefined) throw new UsageError(`token must be followed by ${Object.keys(VERBS).join(', ')}`);
  return prepare(words);
}

function create(words: readonly string[]): AccessCommand {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { name: text, owner: text, scopes: text, writes: text, reads: text, expires: text },
  });
  const name = needed('--name, what the token is for,', values.name);
  const owner = needed('--owner, who answers for it,', values.owner);
  const scopes = scopesOf(needed(`--scopes, a list of ${SCOPES.join(', ')},`, values.scopes));
  const lifetime = values.expires === undefined ? null : durationOf('--expires', values.expires);
  const [writes, reads] = [listOf(values.writes), listOf(values.reads)];
  return async (parts, output) => {
    const expiresAt = lifetime === null ? null : parts.clock.now() + lifetime;
    const wanted = { name, owner, scopes, writes, reads, expiresAt };
    tell(await new CreateToken(parts).execute(CLI_ASKER, wanted), output);
  };
}

function scopesOf(text: string): readonly Scope[] {
  const given = listOf(text) ?? [];
  const unknown = given.filter((scope) => !isScope(scope));
  if (unknown.length > 0) {
    throw new UsageError(`there is no scope ${unknown.join(', ')}; there are ${SCOPES.join(', ')}`);
  }
  return given.filter(isScope);
}

function list(words: readonly string[]): AccessCommand {
  parseArgs({ args: [...words], options: {} });
  return async ({ store, clock }, output) => {
    const tokens = await allOf((page) => store.tokens(page));
    if (tokens.length === 0) {
      output.say('There are no tokens.');
      return;
    }
    const headings = ['ID', 'NAME', 'OWNER', 'SCOPES', 'WRITES', 'READS', 'LAST USED', 'STATE'];
    const rows = tokens.map((token) => [
      ...[token.id, token.name, token.owner, token.scopes.join(',')],
      ...[globsText(token.writes), globsText(token.reads), timeOf(token.lastUsedAt, 'never')],
      stateOf(token, clock.now()),
    ]);
    for (const line of tableOf(headings, rows)) output.result(line);
  };
}

function stateOf({ revokedAt, expiresAt }: TokenRow, now: Micros): string {
  if (revokedAt !== null) return `revoked ${timeOf(revokedAt, '')}`;
  if (expiresAt === null) return 'good';
  return `${expiresAt <= now ? 'expired' : 'good until'} ${timeOf(expiresAt, '')}`;
}

function rotate(words: readonly string[]): AccessCommand {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { overlap: { type: 'string' } },
  });
  const id = theOne(positionals);
  const overlap = values.overlap ?? DAY_OVERLAP;
  const duration = durationOf('--overlap', overlap);
  return async (parts, output) => {
    tell(await new RotateToken(parts).execute(CLI_ASKER, id, duration), output);
    output.say(`It stands in for ${id}, which stays good for ${overlap} at most.`);
  };
}

function revoke(words: readonly string[]): AccessCommand {
  const id = theOne(parseArgs({ args: [...words], allowPositionals: true, options: {} }).positionals);
  return async (parts, output) => {
    await new RevokeToken(parts).execute(CLI_ASKER, id);
    output.say(`Token ${id} is revoked, everywhere within seconds.`);
  };
}

/** The id in the middle of `hw_<id>_<secret>`; of a whole token too, which is what people have at hand. */
function theOne(positionals: readonly string[]): string {
  if (positionals.length > 1) throw new UsageError('one token at a time');
  const word = needed('the id of the token (token list shows it)', positionals[0]);
  return /^hw_([0-9a-z]{12})_/.exec(word)?.[1] ?? word;
}

// Every namespace is in reach of whoever administers, and neither list bounds that.
const isOfWriting = (scope: Scope): boolean => /:(?:write|edit)$/.test(scope);
const isOfReading = (scope: Scope): boolean => scope.endsWith(':read') && scope !== 'audit:read';

/** The text alone as the result, so that `$(…)` takes it. */
function tell({ token, text }: CreatedToken, output: Output): void {
  output.say(`Token ${token.id}, "${token.name}" of ${token.owner}: ${token.scopes.join(', ')}.`);
  const reach = [
    ...(token.scopes.some(isOfWriting) ? [`writes in ${globsText(token.writes)} namespaces`] : []),
    ...(token.scopes.some(isOfReading) ? [`sees ${globsText(token.reads)}`] : []),
  ].join(', ');
  if (reach !== '') output.say(`It ${reach}.`);
  output.say(token.expiresAt === null ? 'It does not expire.' : `It expires ${timeOf(token.expiresAt, '')}.`);
  output.say('It is shown now and never again:');
  output.result(text);
}
