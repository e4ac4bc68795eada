import { coded, type InputFault, type Told } from '../errors.js';
import type { LineageEvent } from '../events.js';
import { hasForbiddenCharacters } from './clean-text.js';
import { text } from './read-facets.js';

/** Characters (code points) a namespace, name or id may have (rule 9). */
export const MAX_NAME_CHARACTERS = 4_096;

const MAX_FAULTS = 50;

/** Collects the faults of namespaces, names and ids, which become identities and so must be exact. */
export class NameCheck {
  readonly faults: InputFault[] = [];
  readonly #validUtf8: boolean;

  constructor(validUtf8: boolean) {
    this.#validUtf8 = validUtf8;
  }

  fault(pointer: string, told: Told): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push({ pointer, ...told });
  }

  checkEvent(kind: LineageEvent['kind'], event: Readonly<Record<string, unknown>>): void {
    if (kind === 'RUN') this.#check(text(event['run'], 'runId'), '/run/runId', 'runId');
    this.#checkNamed(event[kind === 'DATASET' ? 'dataset' : 'job'], kind === 'DATASET' ? '/dataset' : '/job');
    if (kind === 'DATASET') return;
    for (const side of ['inputs', 'outputs']) {
      const list = event[side];
      if (!Array.isArray(list)) continue;
      list.forEach((item: unknown, index) => {
        this.#checkNamed(item, `/${side}/${String(index)}`);
      });
    }
  }

  #checkNamed(owner: unknown, pointer: string): void {
    this.#check(text(owner, 'namespace'), `${pointer}/namespace`, 'namespace');
    this.#check(text(owner, 'name'), `${pointer}/name`, 'name');
  }

  #check(value: string, pointer: string, label: string): void {
    // An empty namespace is a scope like another; an empty name or id names nothing.
    if (value === '' && label !== 'namespace') this.fault(pointer, coded('EMPTY', `${label} is empty.`));
    else if (hasForbiddenCharacters(value)) {
      const detail = `${label} holds a control character or a lone surrogate; leave it out.`;
      this.fault(pointer, coded('CONTROL_CHARACTERS', detail));
    } else if (!this.#validUtf8 && value.includes('\uFFFD')) {
      this.fault(pointer, coded('NOT_UTF8', `${label} is not valid UTF-8; send the event as UTF-8.`));
    } else if (value.length > MAX_NAME_CHARACTERS && Array.from(value).length > MAX_NAME_CHARACTERS) {
      const detail = `${label} has more than ${String(MAX_NAME_CHARACTERS)} characters.`;
      this.fault(pointer, coded('TOO_LONG', detail, { most: MAX_NAME_CHARACTERS }));
    }
  }
}
