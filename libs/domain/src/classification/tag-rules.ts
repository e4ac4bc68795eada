import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { USUAL_CARRIAGE, type Carriage } from './carriage.js';

/** There is one list of rules. */
export const TAG_RULES_ID = 'rules:tags' as NodeId;
export const MOST_TAG_RULES = 500;
/** Stands for every tag that no other rule names. */
export const EVERY_TAG = '*';

/** How one tag goes along lineage. */
export interface TagRule extends Carriage {
  /** `key=value`, or a key for each of its values, or {@link EVERY_TAG}. */
  readonly tag: string;
}

export interface HeldTagRule extends TagRule {
  /** Since when it is as it is, by whose edit. */
  readonly since: Micros;
  readonly enteredBy: string;
  readonly position: number;
}

export interface TagRules {
  /** No two for one tag. */
  readonly rules: readonly HeldTagRule[];
}

/** How each of some tags goes along. */
export interface Carriages {
  of(tag: string): Carriage;
  /** What stops every tag is stopped by this. */
  readonly widest: Carriage;
}

/** How tags go along as rules say: the one that names most of a tag decides, and without any the usual holds. */
export class TagCarriage implements Carriages {
  readonly #rules: ReadonlyMap<string, Carriage>;

  constructor(rules: readonly TagRule[]) {
    this.#rules = new Map(rules.map((rule) => [rule.tag, rule]));
  }

  of(tag: string): Carriage {
    const [key = tag] = tag.split('=', 1);
    return this.#rules.get(tag) ?? this.#rules.get(key) ?? this.usual;
  }

  /** Of tags that no rule names, and of values about which no tag is asked. */
  get usual(): Carriage {
    return this.#rules.get(EVERY_TAG) ?? USUAL_CARRIAGE;
  }

  /** How tags of datasets do: where no rule says so, not at all; null where none says so of any tag. */
  get ofDatasets(): Carriages | null {
    const isAlong = (carriage: Carriage): boolean => carriage.isCarried && carriage.alongDatasets === true;
    if (![...this.#rules.values()].some(isAlong)) return null;
    return {
      of: (tag) => {
        const carriage = this.of(tag);
        return { ...carriage, isCarried: isAlong(carriage) };
      },
      widest: this.widest,
    };
  }

  get widest(): Carriage {
    const all = [this.usual, ...this.#rules.values()];
    return { isCarried: true, throughIndirect: all.some(({ throughIndirect }) => throughIndirect), stopSubtypes: [] };
  }
}
