import { coded, type InputFault } from '../errors.js';
import { parseJson } from '../openlineage/json-text.js';
import { FindingList } from '../openlineage/findings.js';
import { isRecord, text } from '../openlineage/read-facets.js';

export type CloudEventData =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly faults: readonly InputFault[] };

/** CloudEvents 1.0 §3.1: attributes that every event has, and none of them empty. */
const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;

const JSON_TYPE = /^[\w.+-]+\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** What is wrong with the attributes of a CloudEvent, in either mode. Pointers are into the structured one. */
export function cloudEventFaults(attributes: Readonly<Record<string, unknown>>): readonly InputFault[] {
  const faults: InputFault[] = REQUIRED.filter((name) => text(attributes, name) === '').map((name) => ({
    pointer: `/${name}`,
    ...coded('MISSING', `${name} is missing: a CloudEvent has it.`),
  }));
  const version = text(attributes, 'specversion');
  if (version !== '' && version !== '1.0')
    faults.push({
      pointer: '/specversion',
      ...coded('NOT_ONE_OF', 'This server reads CloudEvents 1.0.', { values: '1.0' }),
    });
  const type = attributes['datacontenttype'];
  if (typeof type === 'string' && !JSON_TYPE.test(type))
    faults.push({
      pointer: '/datacontenttype',
      ...coded('NOT_ONE_OF', 'A decision is JSON: datacontenttype must say so.', { values: 'application/json' }),
    });
  return faults;
}

/** The data of a CloudEvent in the JSON event format 1.0 (§3.1.1: `data`, or JSON text in `data_base64`). */
export function dataOfCloudEvent(event: unknown): CloudEventData {
  if (!isRecord(event))
    return {
      ok: false,
      faults: [{ pointer: '', ...coded('WRONG_TYPE', 'A CloudEvent must be a JSON object.', { type: 'object' }) }],
    };
  const faults = cloudEventFaults(event);
  if (faults.length > 0) return { ok: false, faults };
  if (event['data'] !== undefined) return { ok: true, value: event['data'] };
  if (typeof event['data_base64'] !== 'string')
    return { ok: false, faults: [{ pointer: '/data', ...coded('MISSING', 'data is missing: the decision itself.') }] };
  const json = parseJson(Buffer.from(event['data_base64'], 'base64'), new FindingList());
  return json.ok
    ? json
    : { ok: false, faults: [{ pointer: '/data_base64', ...coded('NO_JSON', json.detail, { problem: json.detail }) }] };
}
