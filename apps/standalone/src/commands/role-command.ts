import { parseArgs } from 'node:util';
import { GrantRole } from '@headwater/application/access/grant-role';
import { WithdrawRole } from '@headwater/application/access/withdraw-role';
import { isRole, ROLES } from '@headwater/domain/access/scopes';
import { isDomainRow, type DefinitionRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import { nowBy } from '@headwater/domain/traversal/moment';
import {
  allOf,
  CLI_ASKER,
  globsText,
  listOf,
  needed,
  tableOf,
  timeOf,
  UsageError,
  type AccessCommand,
} from './command-line.js';

const VERBS: Readonly<Record<string, (words: readonly string[]) => AccessCommand>> = { grant, list, withdraw };

/** `role grant|list|withdraw`. Throws UsageError. */
export function roleCommand([verb = '', ...words]: readonly string[]): AccessCommand {
  const prepare = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (prepare === undefined) throw new UsageError(`role must be followed by ${Object.keys(VERBS).join(', ')}`);
  return prepare(words);
}

function grant(words: readonly string[]): AccessCommand {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { namespaces: { type: 'string' }, domain: { type: 'string' } },
  });
  const [subjectWord, roleWord, ...more] = positionals;
  const subject = needed(
    'the subject (email:<address>, group:<name>, user:<issuer>#<subject>, token:<id>)',
    subjectWord,
  );
  const role = needed(`the role (${ROLES.join(', ')})`, roleWord);
  if (!isRole(role)) throw new UsageError(`there is no role ${role}; there are ${ROLES.join(', ')}`);
  if (more.length > 0) throw new UsageError(`one role at a time; what is ${more.join(' ')}?`);
  const namespaces = listOf(values.namespaces);
  const domain = values.domain === undefined ? null : needed('--domain, the id of a domain,', values.domain);
  return async (parts, output, catalog) => {
    const binding = await new GrantRole(parts, catalog).execute(CLI_ASKER, { subject, role, namespaces, domain });
    const read = namespaces === null ? 'the whole catalog' : `namespaces ${globsText(binding.namespaces)}`;
    const where = binding.domain === null ? read : `what is in ${binding.domain}, and reads ${read}`;
    output.say(`${binding.subject} is ${role} of ${where}, everywhere within seconds. The binding:`);
    output.result(binding.id);
  };
}

function list(words: readonly string[]): AccessCommand {
  parseArgs({ args: [...words], options: {} });
  return async ({ store, clock }, output, catalog) => {
    const bindings = await allOf((page) => store.bindings(page));
    if (bindings.length === 0) {
      output.say('Nobody has a role yet.');
      return;
    }
    const named = [...new Set(bindings.map(({ domain }) => domain).filter((domain) => domain !== null))];
    const domains =
      named.length === 0 ? new Map<NodeId, DefinitionRow>() : await catalog.definitions(named, nowBy(clock));
    const rows = bindings.map(({ id, subject, role, namespaces, domain, createdAt, createdBy }) => [
      ...[id, subject, role, globsText(namespaces), domainText(domain, domains)],
      ...[timeOf(createdAt, ''), createdBy],
    ]);
    const headings = ['ID', 'SUBJECT', 'ROLE', 'NAMESPACES', 'EDITS IN', 'SINCE', 'BY'];
    for (const line of tableOf(headings, rows)) output.result(line);
  };
}

/** Where a role edits that is bound by a domain; nothing where it is not. */
function domainText(domain: NodeId | null, known: ReadonlyMap<NodeId, DefinitionRow>): string {
  if (domain === null) return '';
  const row = known.get(domain);
  return isDomainRow(row) ? `${domain} (${row.body.name})` : `${domain} (no such domain: edits nothing)`;
}

function withdraw(words: readonly string[]): AccessCommand {
  const { positionals } = parseArgs({ args: [...words], allowPositionals: true, options: {} });
  if (positionals.length > 1) throw new UsageError('one role binding at a time');
  const id = needed('the id of the role binding (role list shows it)', positionals[0]);
  return async (parts, output) => {
    const { subject, role } = await new WithdrawRole(parts).execute(CLI_ASKER, id);
    output.say(`${subject} is no longer ${role} by this binding, everywhere within seconds.`);
  };
}
