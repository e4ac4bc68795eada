import { coded, parametersOf, type Told } from '../errors.js';
import type { FaultCode, FaultValues } from '../fault-codes.js';
import { agentId, domainId, parseNodeId, type NodeId } from '../identifiers.js';
import { DEFAULT_ROLE } from './effective-owners.js';
import { roleNamed } from './owner-roles.js';
import { MOST_RULES, type OwnershipRule, type RuleOwner } from './ownership-rules.js';

export interface FileFault extends Told {
  /** From 1. */
  readonly line: number;
}

export interface ReadOwnershipFile {
  /** Each with the line that it stands in. */
  readonly rules: readonly { readonly line: number; readonly rule: OwnershipRule }[];
  /** Every line that cannot be read; the rules are then those of the others. */
  readonly faults: readonly FileFault[];
}

const MAX_CHARACTERS = 512;
const ANYTHING = '*';
const OWNERS = 'write team:claims, ana@example.com or @org/team, and STEWARD= before it for another role';

/**
 * Reads a file of rules in the manner of CODEOWNERS: a line is what it fits and then who answers for that, separated by
 * white space, and of several lines that fit the last one decides. `#` begins a comment; `\` takes its meaning from the
 * character behind it.
 *
 * What it fits: a glob of names (`claims.*`); with a slash in it one of `<namespace>/<name>`, at whose end a slash stands
 * for all below; `namespace:<glob>`, `name:<glob>`, `tag:<tag>`, `domain:<key>`. Several of these must all fit.
 * Who: `team:claims`, `ana@example.com`, `@ana`, `@org/team`; `STEWARD=` before it names a role other than OWNER. Sections and
 * negations, as other readers of CODEOWNERS have them, and an owner where a pattern should be are faults.
 */
export function readOwnershipFile(text: string): ReadOwnershipFile {
  const rules: { line: number; rule: OwnershipRule }[] = [];
  const faults: FileFault[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const words = wordsOf(line);
    if (words.length === 0) continue;
    const unsupported = unsupportedIn(words);
    const read = unsupported === null ? readLine(words) : { rule: null, faults: [unsupported] };
    faults.push(...read.faults.map((fault) => ({ line: index + 1, ...fault })));
    if (read.rule !== null && read.faults.length === 0) rules.push({ line: index + 1, rule: read.rule });
    if (rules.length > MOST_RULES) {
      const detail = `there are more than ${String(MOST_RULES)} rules`;
      faults.push({ line: index + 1, ...coded('TOO_MANY', detail, { most: MOST_RULES }) });
      break;
    }
  }
  return { rules, faults };
}

/** The same rules as a file that {@link readOwnershipFile} reads back. */
export function ownershipFile(rules: readonly OwnershipRule[]): string {
  return rules.map((rule) => `${lineOf(rule)}\n`).join('');
}

const lines = new WeakMap<OwnershipRule, string>();

/** One rule as a line of the file. */
export function lineOf(rule: OwnershipRule): string {
  const known =
    lines.get(rule) ?? [...conditionsOf(rule).map(escaped), ...rule.owners.map(ownerText).map(escaped)].join(' ');
  lines.set(rule, known);
  return known;
}

interface Word {
  /** As written, with its escapes. */
  readonly raw: string;
  readonly text: string;
}

/** Words of a line without its comment. */
function wordsOf(line: string): readonly Word[] {
  const words: Word[] = [];
  for (const [raw] of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/gu)) {
    if (raw.startsWith('#')) break;
    words.push({ raw, text: raw.replaceAll(/\\(.)/gu, '$1') });
  }
  return words;
}

/** What CODEOWNERS of GitLab has and this file has not: read as a pattern, it would fit nothing, without a word. */
function unsupportedIn([first]: readonly Word[]): Told | null {
  if (first === undefined) return null;
  const { raw, text } = first;
  const told = { text: text.slice(0, 40) };
  if (/^\^?\[/u.test(raw))
    return of('SECTION', told, 'begins a section, which there is none of here: write each rule as a line of its own');
  if (raw.startsWith('!'))
    return of(
      'NEGATION',
      told,
      'leaves something out, which no line does here: write a later line with what it is and who answers for that, or nobody',
    );
  return null;
}

type Conditions = Omit<OwnershipRule, 'owners'>;

const NO_CONDITIONS: Conditions = { namespace: null, name: null, path: null, tag: null, domain: null };
const CONDITION = /^(namespace|name|path|tag|domain):/u;

function readLine(words: readonly Word[]): { readonly rule: OwnershipRule; readonly faults: readonly Told[] } {
  const faults: Told[] = [];
  let conditions = NO_CONDITIONS;
  const owners: RuleOwner[] = [];
  for (const [index, word] of words.entries()) {
    const fault = wordFault(word);
    if (fault !== null) faults.push(fault);
    else if (index > 0 && !CONDITION.test(word.raw)) {
      const owner = readOwner(word);
      if (owner === undefined) faults.push(of('NO_OWNER', { text: word.text }, `is no owner: ${OWNERS}`));
      else owners.push(owner);
    } else {
      const misread = index === 0 ? misreadIn(word) : null;
      const read = readCondition(word);
      const isTwice = Object.keys(read).some((kind) => conditions[kind as keyof Conditions] !== null);
      if (misread !== null) faults.push(misread);
      else if (owners.length > 0)
        faults.push(of('CONDITION_LATE', { text: word.text }, 'stands behind an owner: conditions come first'));
      else if (isTwice) faults.push(of('CONDITION_TWICE', { text: word.text }, 'is a second condition of its kind'));
      else conditions = { ...conditions, ...read };
    }
  }
  return { rule: { ...conditions, owners }, faults };
}

const OWNER_KINDS: ReadonlySet<string> = new Set([
  ...['agent', 'app', 'bot', 'group', 'owner', 'person', 'service', 'team', 'user'],
]);
const PREFIX = /^([\p{L}_-]+):(?!\/\/)/u;
const ROLE_OF = /^[\p{L}_-]+=(?:@|[^\s:=/]+:|[^@\s/]+@)/u;
const ADDRESS = /^[^@\s/*]+@[^@\s/*]+\.[^@\s/*]+$/u;

/** What stands in the place of a pattern and can hardly be meant as one; as `name:` or `path:` it can. */
function misreadIn({ raw, text }: Word): Told | null {
  if (CONDITION.test(raw)) return null;
  const short = text.slice(0, 40);
  const pattern = `${text.includes('/') ? 'path' : 'name'}:${short}`;
  const prefix = PREFIX.exec(raw)?.[1]?.toLowerCase();
  if (
    raw.startsWith('@') ||
    ROLE_OF.test(raw) ||
    ADDRESS.test(raw) ||
    (prefix !== undefined && OWNER_KINDS.has(prefix))
  )
    return of(
      'OWNER_AS_PATTERN',
      { text: short, pattern },
      `is an owner in the place of what it owns: write a pattern before it, such as *, or ${pattern} where that is one`,
    );
  if (prefix === undefined || raw.includes('/')) return null;
  return of(
    'NO_CONDITION',
    { text: `${prefix}:`, pattern },
    `is no condition: write namespace:, name:, path:, tag: or domain:, or ${pattern} where that is one`,
  );
}

/** Whether it would be read as it is. */
function isPlain(pattern: string): boolean {
  const word = { raw: pattern, text: pattern };
  return !CONDITION.test(pattern) && unsupportedIn([word]) === null && misreadIn(word) === null;
}

function of<Code extends FaultCode>(
  code: Code,
  values: FaultValues<Code> & { readonly text: string },
  detail: string,
): Told {
  return { code, detail: `"${values.text}" ${detail}`, parameters: parametersOf(values) };
}

function wordFault({ raw, text }: Word): Told | null {
  if (text.length > MAX_CHARACTERS || /\p{Cc}/u.test(text))
    return of(
      'WORD_LENGTH',
      { text: text.slice(0, 40), most: MAX_CHARACTERS },
      `has more than ${String(MAX_CHARACTERS)} characters, or control characters`,
    );
  return CONDITION.test(raw) && text.endsWith(':') && text.indexOf(':') === text.length - 1
    ? of('CONDITION_EMPTY', { text }, 'says nothing behind the colon')
    : joinedFault({ raw, text });
}

const JOINED = /[^\\],((?:namespace|name|path|tag|domain):.*)$/u;

function joinedFault({ raw, text }: Word): Told | null {
  const other = CONDITION.test(raw) ? JOINED.exec(raw)?.[1]?.slice(0, 40) : undefined;
  if (other === undefined) return null;
  const detail = `holds a second condition: write white space before ${other}, and no comma`;
  return of('CONDITIONS_JOINED', { text: text.slice(0, 40), other }, detail);
}

function readCondition({ raw, text }: Word): Partial<Conditions> {
  const kind = CONDITION.exec(raw)?.[1];
  if (kind !== undefined) {
    const value = text.slice(kind.length + 1);
    return kind === 'domain' ? { domain: domainId(value) } : { [kind]: value };
  }
  if (text === ANYTHING) return {};
  if (!text.includes('/')) return { name: text };
  const rooted = text.startsWith('/') ? text.slice(1) : text;
  return { path: rooted.endsWith('/') ? `${rooted}*` : rooted };
}

function readOwner({ raw, text }: Word): RuleOwner | undefined {
  const equals = raw.indexOf('=');
  const role = equals < 0 ? DEFAULT_ROLE : roleNamed(text.slice(0, text.indexOf('=')));
  const who = equals < 0 ? text : text.slice(text.indexOf('=') + 1);
  const agent = readAgent(who);
  return agent === undefined || role.trim() === '' ? undefined : { agent, role };
}

function readAgent(who: string): NodeId | undefined {
  if (who.startsWith('@')) {
    const name = who.slice(1);
    // One more `@` is a slip, and so is a team or an organization without a name.
    if (/^@|@$/u.test(name) || name.split('/').includes('')) return undefined;
    return agentId(name.includes('/') ? 'team' : 'user', name);
  }
  const colon = who.indexOf(':');
  if (colon > 0 && colon < who.length - 1) return agentId(who.slice(0, colon), who.slice(colon + 1));
  return colon < 0 && /^[^@]+@[^@]+$/u.test(who) ? agentId('user', who) : undefined;
}

function conditionsOf({ namespace, name, path, tag, domain }: OwnershipRule): readonly string[] {
  const [key = ''] = domain === null ? [] : (parseNodeId(domain)?.segments ?? []);
  const isBareName = name !== null && name !== ANYTHING && !name.includes('/') && isPlain(name);
  const conditions = [
    ...(path === null ? [] : [isBarePath(path) ? path : `path:${path}`]),
    ...(name === null ? [] : [isBareName && path === null ? name : `name:${name}`]),
    ...(namespace === null ? [] : [`namespace:${namespace}`]),
    ...(tag === null ? [] : [`tag:${tag}`]),
    ...(domain === null ? [] : [`domain:${key}`]),
  ];
  return conditions.length === 0 ? [ANYTHING] : conditions;
}

/** Whether it would be read as it is. */
function isBarePath(path: string): boolean {
  return path.includes('/') && !path.startsWith('/') && !path.endsWith('/') && isPlain(path);
}

function ownerText({ agent, role }: RuleOwner): string {
  const name = (parseNodeId(agent)?.segments ?? []).join(':');
  return role === DEFAULT_ROLE && !name.includes('=') ? name : `${role}=${name}`;
}

/** White space, a backslash, a `#` at the beginning and a comma before a condition have a meaning of their own. */
function escaped(word: string): string {
  return word.replaceAll(/[\s\\]|,(?=(?:namespace|name|path|tag|domain):)/gu, '\\$&').replace(/^#/u, '\\#');
}
