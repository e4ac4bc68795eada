import { coded, type InputFault } from '../errors.js';
import { pointerToken } from '../openlineage/findings.js';
import type { GeneratedValidator, ValidationError } from '../openlineage/validator.js';
import { canonicalJson } from '../projection/canonical-json.js';
import { decisionValidators } from './generated/decision-validators.js';

/** The most that an explanation may have, in its RFC 8785 form. */
export const MAX_EXPLANATION_BYTES = 256 * 1024;

const MAX_FAULTS = 50;

function validator(name: string): GeneratedValidator {
  const found = decisionValidators[name];
  if (found === undefined) throw new Error(`No generated validator ${name}: run scripts/generate-decision.mjs`);
  return found;
}

const VALIDATORS = { PUBLISHED: validator('publishedDecision'), KEPT: validator('keptDecision') } as const;

/**
 * Why a parsed document is no decision; empty where it is one. PUBLISHED: by the schema that the server shows; KEPT: as
 * the log has it, with placeholders, and with the members that every facet has.
 */
export function decisionFaults(level: keyof typeof VALIDATORS, document: unknown): readonly InputFault[] {
  const validate = VALIDATORS[level];
  const faults = new Map<string, InputFault>();
  if (!validate(document)) {
    for (const error of validate.errors ?? []) {
      const fault = toFault(error);
      if (fault !== undefined && faults.size < MAX_FAULTS) faults.set(`${fault.pointer} ${fault.detail}`, fault);
    }
  }
  return [...faults.values(), ...tooLong(document)];
}

function tooLong(document: unknown): readonly InputFault[] {
  const explanation =
    typeof document === 'object' && document !== null && 'explanation' in document ? document.explanation : undefined;
  if (explanation === undefined || Buffer.byteLength(canonicalJson(explanation)) <= MAX_EXPLANATION_BYTES) return [];
  const detail = `explanation has more than ${MAX_EXPLANATION_BYTES} bytes. Keep it where it was made, name that place in explanation.ref, and send the contributions that weigh most.`;
  return [{ pointer: '/explanation', ...coded('TOO_MANY_BYTES', detail, { most: MAX_EXPLANATION_BYTES }) }];
}

function toFault({ instancePath, keyword, params, message }: ValidationError): InputFault | undefined {
  const name = instancePath.slice(instancePath.lastIndexOf('/') + 1) || 'The decision';
  switch (keyword) {
    case 'required': {
      const missing = String(params['missingProperty']);
      return { pointer: `${instancePath}/${pointerToken(missing)}`, ...coded('MISSING', `${missing} is missing.`) };
    }
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      const pointer = `${instancePath}/${pointerToken(unknown)}`;
      const detail = `${unknown} is no member of a decision: GET /schemas/decision/1-0-0.json shows them.`;
      return { pointer, ...coded('LEFT_OUT', detail) };
    }
    case 'pattern':
      return {
        pointer: instancePath,
        ...coded('CONTROL_CHARACTERS', `${name} is empty, too long, or holds a control character.`),
      };
    case 'format':
      return {
        pointer: instancePath,
        ...coded('NO_TIME', `${name} is no time. Write it as RFC 3339 does: 2026-11-23T09:30:00Z.`),
      };
    case 'enum':
      return {
        pointer: instancePath,
        ...coded('NOT_ONE_OF', `${name} must be one of ${listed(params['allowedValues'])}.`, {
          values: listed(params['allowedValues']),
        }),
      };
    case 'maxItems':
      return {
        pointer: instancePath,
        ...coded('TOO_MANY', `${name} has more than ${String(params['limit'])} items.`, {
          most: String(params['limit']),
        }),
      };
    // What stands in it says more.
    case 'anyOf':
      return undefined;
    default:
      return {
        pointer: instancePath,
        ...coded('WRONG_SHAPE', `${name} ${message ?? 'does not fit its schema'}.`, { problem: message ?? keyword }),
      };
  }
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : '';
}
