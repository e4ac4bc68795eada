import type { Principal } from '@headwater/domain/access/principal';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { readAssetEdit } from '@headwater/domain/governance/asset-edit';
import { readDefinitionEdit } from '@headwater/domain/governance/definition-edit';
import type { EditHead } from '@headwater/domain/governance/edit-head';
import type { Clock, EventLog, IdSource } from '@headwater/domain/ports';
import { formatPosition, parsePosition } from '@headwater/domain/position';
import { textFault } from '../access/access-parts.js';
import { EditRights, type PlaceReader } from '../access/edit-rights.js';
import type { AwaitPosition } from '../status/await-position.js';
import { editId, preparedOnce, type AskedEdit, type OncePorts, type PreparedEdits } from './record-once.js';

export interface EditPorts extends OncePorts {
  readonly log: Pick<EventLog, 'append' | 'read' | 'logId'>;
  readonly catalog: Pick<CatalogReader, 'findingsOfEvents' | 'definitions'> & PlaceReader;
  readonly awaitPosition: Pick<AwaitPosition, 'execute'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** What every edit has beside its change. */
export interface EditRequest {
  readonly reason: string | null;
  /** A position that an `editVersion` gave; null: whatever was edited meanwhile. */
  readonly expectedVersion: string | null;
  readonly idempotencyKey: string | null;
}

export interface RecordedEdit {
  /** Where it is in the log. */
  readonly position: number;
  /** False where catalog or graph did not take it in within the time that a query waits: it is kept, and will show. */
  readonly isReadable: boolean;
  /** Why it changed nothing, as the projection found; null where it was made, or the catalog is not so far yet. */
  readonly verdict: string | null;
  /** The same in words. */
  readonly found: string | null;
}

/** Appends an edit and waits for what becomes of it: the projection decides, in the order of the log. */
export async function recordEdit(ports: EditPorts, bytes: Uint8Array): Promise<RecordedEdit> {
  return onlyOf(await recordEdits(ports, [bytes]));
}

/** The same of several, which stand behind one another in the log; each by itself is made or not. */
export async function recordEdits(ports: EditPorts, edits: readonly Uint8Array[]): Promise<readonly RecordedEdit[]> {
  const { log, awaitPosition, catalog, clock } = ports;
  if (edits.length === 0) return [];
  const receivedAt = clock.now();
  const appended = await log.append(edits.map((bytes) => ({ kind: 'EDIT', bytes, receivedAt })));
  const positions = appended.map(({ position }) => position);
  const last = formatPosition(log.logId, Math.max(...positions));
  try {
    await awaitPosition.execute(last, 'CATALOG');
  } catch (error) {
    if (error instanceof HeadwaterError && error.reason === 'PROJECTION_BEHIND')
      return positions.map((position) => ({ position, isReadable: false, verdict: null, found: null }));
    throw error;
  }
  const isReadable = await isInGraph(ports, last);
  const findings = await catalog.findingsOfEvents(positions);
  return positions.map((position) => {
    const finding = findings.get(position)?.find(({ code }) => code.startsWith('EDIT_'));
    return { position, isReadable, verdict: finding?.code ?? null, found: finding?.message ?? null };
  });
}

/** The same of a request that comes to one edit, made once under its key: see {@link preparedOnce}. */
export async function recordOnce(
  ports: EditPorts,
  principal: Principal,
  asked: AskedEdit,
  prepare: () => Promise<Uint8Array>,
): Promise<RecordedEdit> {
  const { recorded } = await recordAllOnce(ports, principal, asked, async () => {
    return { edits: [await prepare()], told: null };
  });
  return onlyOf(recorded);
}

/** What became of the one edit that was made. */
export function onlyOf([only]: readonly RecordedEdit[]): RecordedEdit {
  if (only === undefined) throw new HeadwaterError('INTERNAL', 'the log took an edit and gave it no position');
  return only;
}

/** The same of several edits, with what is told beside them. */
export async function recordAllOnce<T>(
  ports: EditPorts,
  principal: Principal,
  asked: AskedEdit,
  prepare: () => Promise<PreparedEdits<T>>,
): Promise<{ readonly recorded: readonly RecordedEdit[]; readonly told: T }> {
  const { edits, told } = await preparedOnce(ports, principal, asked, prepare);
  return { recorded: await recordEdits(ports, edits), told };
}

/** The edit is made once the catalog has it, whatever becomes of the graph: what is read from that may be older for a while. */
async function isInGraph({ awaitPosition }: EditPorts, position: string): Promise<boolean> {
  try {
    await awaitPosition.execute(position, 'GRAPH');
    return true;
  } catch (error) {
    if (error instanceof HeadwaterError && error.category === 'UNAVAILABLE') return false;
    throw error;
  }
}

/** What somebody may edit, by the catalog as it is. */
export function rightsOf({ catalog, clock }: EditPorts, principal: Principal): EditRights {
  return new EditRights(principal, catalog, clock);
}

export function requestFaults({ reason, idempotencyKey }: EditRequest): readonly InputFault[] {
  return [
    ...(reason === null ? [] : textFault('/reason', reason)),
    ...(idempotencyKey === null ? [] : textFault('/idempotencyKey', idempotencyKey)),
  ];
}

/** Throws INVALID_INPUT for a position of another log. */
export function headOf({ log, ids }: EditPorts, principal: Principal, request: EditRequest): EditHead {
  const { reason, expectedVersion, idempotencyKey } = request;
  return {
    id: editId(principal, idempotencyKey, ids),
    by: { id: principal.id, name: principal.name },
    reason,
    expected: expectedVersion === null ? null : parsePosition(log.logId, expectedVersion),
  };
}

/** CONFLICT (EDITED_MEANWHILE), with who edited it where the position of their edit is known. */
export async function editedMeanwhile({ log }: EditPorts, latest: number | null): Promise<HeadwaterError> {
  const [stored] = latest === null || latest === 0 ? [] : await log.read([latest]);
  const edit = stored === undefined ? undefined : (readAssetEdit(stored.bytes) ?? readDefinitionEdit(stored.bytes));
  const who = edit === undefined ? 'Somebody' : edit.by.name;
  return new HeadwaterError(
    'CONFLICT',
    `${who} edited it meanwhile. Look at what is there now, and send the edit again with its editVersion.`,
    {
      reason: 'EDITED_MEANWHILE',
      facts: { ...(latest === null ? {} : { latest }), ...(edit === undefined ? {} : { by: edit.by.name }) },
    },
  );
}

/** NOT_FOUND (NO_SUCH_DOMAIN). */
export function noSuchDomain(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such domain', { reason: 'NO_SUCH_DOMAIN' });
}

/** NOT_FOUND (NO_SUCH_DATA_PRODUCT). */
export function noSuchProduct(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such data product', { reason: 'NO_SUCH_DATA_PRODUCT' });
}

/** NOT_FOUND (NO_SUCH_PROPERTY). */
export function noSuchProperty(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such property', { reason: 'NO_SUCH_PROPERTY' });
}

/** NOT_FOUND (NO_SUCH_LOGICAL_DATASET). */
export function noSuchLogicalDataset(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such logical dataset', { reason: 'NO_SUCH_LOGICAL_DATASET' });
}

/** NOT_FOUND (NO_SUCH_TERM). */
export function noSuchTerm(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such term', { reason: 'NO_SUCH_TERM' });
}
