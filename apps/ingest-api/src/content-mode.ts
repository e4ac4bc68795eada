import type { IncomingHttpHeaders } from 'node:http';
import { cloudEventFaults } from '@headwater/domain/decisions/cloud-event';
import { HeadwaterError } from '@headwater/domain/errors';
import { skipSpace } from '@headwater/domain/openlineage/json-scan';

/** How a body holds decisions. */
export interface ContentMode {
  readonly isBatch: boolean;
  /** Whether each is the data of a CloudEvent in JSON. */
  readonly isCloudEvent: boolean;
  /** Whether headers tell the attributes of a CloudEvent whose data is the body. */
  readonly isBinary: boolean;
}

const OPEN_BRACKET = 0x5b;

/** CloudEvents' HTTP protocol binding 1.0 §3: the media type tells structured and batched mode, else it is binary. */
export function contentModeOf(headers: IncomingHttpHeaders, bytes: Uint8Array): ContentMode {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/cloudevents-batch+json') return { isBatch: true, isCloudEvent: true, isBinary: false };
  if (type === 'application/cloudevents+json') return { isBatch: false, isCloudEvent: true, isBinary: false };
  const isBinary = headers['ce-specversion'] !== undefined;
  return { isBatch: !isBinary && bytes[skipSpace(bytes, 0)] === OPEN_BRACKET, isCloudEvent: false, isBinary };
}

/** Throws INVALID_INPUT where an attribute that every CloudEvent has is missing among the headers (§3.1.3). */
export function checkBinaryMode(headers: IncomingHttpHeaders): void {
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith('ce-') ? [[name.slice(3), value]] : [])),
  );
  const [fault] = cloudEventFaults({ ...attributes, datacontenttype: headers['content-type'] });
  if (fault === undefined) return;
  const header = `ce-${fault.pointer.slice(1)}`;
  throw new HeadwaterError('INVALID_INPUT', `Header ${header}: ${fault.detail}`, {
    faults: [{ ...fault, pointer: '', detail: `Header ${header}: ${fault.detail}` }],
    reason: 'SHAPE',
  });
}
