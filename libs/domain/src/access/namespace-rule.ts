import { coded, HeadwaterError, type InputFault } from '../errors.js';
import { toGlob } from '../glob.js';

/**
 * Which namespaces something holds for: globs ({@link toGlob}); one that begins with `!` takes away from those before
 * and behind it. Only exclusions: all but those.
 */
export type NamespaceGlobs = readonly string[];

const MAX_GLOBS = 100;
const MAX_GLOB_CHARS = 512;

/** Sets of globs, of which a namespace must match one; null: every namespace there is and will be. */
export class NamespaceRule {
  static readonly ALL = new NamespaceRule(null);
  static readonly NONE = new NamespaceRule([]);
  readonly #matchers: readonly ((namespace: string) => boolean)[] | null;

  private constructor(readonly sets: readonly NamespaceGlobs[] | null) {
    this.#matchers = sets === null ? null : sets.map(matcherOf);
  }

  /** Null stands for every namespace. */
  static of(globs: NamespaceGlobs | null): NamespaceRule {
    return globs === null ? NamespaceRule.ALL : new NamespaceRule([globs]);
  }

  /** What any of them allows. */
  static union(rules: readonly NamespaceRule[]): NamespaceRule {
    const sets: NamespaceGlobs[] = [];
    for (const rule of rules) {
      if (rule.sets === null) return NamespaceRule.ALL;
      sets.push(...rule.sets);
    }
    return sets.length === 0 ? NamespaceRule.NONE : new NamespaceRule(sets);
  }

  get isAll(): boolean {
    return this.#matchers === null;
  }

  /** Names are compared in NFC, as everywhere. */
  allows(namespace: string): boolean {
    if (this.#matchers === null) return true;
    const name = namespace.normalize('NFC');
    return this.#matchers.some((matches) => matches(name));
  }
}

/** The globs as they are kept. Throws INVALID_INPUT for an empty list, and for globs that are empty or too long. */
export function checkGlobs(globs: readonly string[], pointer: string): NamespaceGlobs {
  const faults = globs.flatMap((glob, index): InputFault[] => {
    const body = glob.startsWith('!') ? glob.slice(1) : glob;
    const isPlain = glob.isWellFormed() && !/\p{Cc}/u.test(glob);
    if (body.length > 0 && glob.length <= MAX_GLOB_CHARS && isPlain) return [];
    return [
      {
        pointer: `${pointer}/${String(index)}`,
        ...coded('TEXT_LENGTH', `must have 1 to ${String(MAX_GLOB_CHARS)} characters and no control characters`, {
          most: MAX_GLOB_CHARS,
        }),
      },
    ];
  });
  if (globs.length === 0 || globs.length > MAX_GLOBS) {
    const detail = `must have 1 to ${String(MAX_GLOBS)} globs; leave it out for every namespace`;
    faults.push({ pointer, ...coded('COUNT_BETWEEN', detail, { least: 1, most: MAX_GLOBS }) });
  }
  if (faults.length > 0) throw new HeadwaterError('INVALID_INPUT', 'The namespace globs are wrong', { faults });
  return globs.map((glob) => glob.normalize('NFC'));
}

/** The globs that give and those that take away, without their `!`. A set of exclusions only begins with all. */
export function splitGlobs(globs: NamespaceGlobs): {
  readonly given: readonly string[];
  readonly taken: readonly string[];
} {
  const given = globs.filter((glob) => !glob.startsWith('!'));
  const taken = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  return { given: given.length === 0 && taken.length > 0 ? ['*'] : given, taken };
}

function matcherOf(globs: NamespaceGlobs): (namespace: string) => boolean {
  const { given, taken } = splitGlobs(globs);
  const [gives, takes] = [given.map(toGlob), taken.map(toGlob)];
  return (name) => gives.some((pattern) => pattern.matches(name)) && !takes.some((pattern) => pattern.matches(name));
}
