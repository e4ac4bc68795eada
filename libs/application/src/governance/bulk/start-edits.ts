import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { EditJob, EditJobStore, NewEditJob, PlannedEdit } from '@headwater/domain/governance/edit-job';
import type { IdSource } from '@headwater/domain/ports';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../../access/access-parts.js';
import type { EditRights } from '../../access/edit-rights.js';
import { requestFaults, type EditRequest } from '../record-edit.js';
import { editId, preparedOnce, type OncePorts } from '../record-once.js';
import { planEdits, type AskedChange, type EditPlan, type PlanView, type Selection } from './plan-edits.js';
import { planHandOver, type WantedHandOver } from './plan-hand-over.js';
import { planImport, refuseRows, type GivenFile, type ImportPlan, type ImportView } from '../transfer/plan-import.js';
import type { ImportMode } from '../import-terms.js';
import type { HandOverDefinitions } from './hand-over-definitions.js';
import type { RunEditJobs } from './run-edit-jobs.js';

export interface StartEditsPorts extends OncePorts {
  readonly jobs: EditJobStore;
  readonly runner: Pick<RunEditJobs, 'take'>;
  readonly definitions: Pick<HandOverDefinitions, 'prepare' | 'execute'>;
  readonly ids: IdSource;
}

type HandOverView = Parameters<typeof planHandOver>[0];

/** What is started where nothing moved since it was looked at. */
interface Start {
  readonly plan: EditPlan;
  readonly kind: NewEditJob['kind'];
  readonly changes: NewEditJob['changes'];
  /** The edit that must be made before the job is there. */
  readonly first?: Uint8Array | null;
}

/** A job as it is made, whichever process makes it. */
interface PreparedJob {
  readonly job: NewEditJob;
  readonly edits: readonly PlannedEdit[];
}

/** Starts edits of many assets as one job, each an event of the log. */
export class StartEdits {
  constructor(private readonly ports: StartEditsPorts) {}

  /**
   * The job, durable and begun; of the same request under a key the job of then, which is begun where it never was.
   * `expectedVersion` is that of a plan. Throws INVALID_INPUT with faults, CONFLICT (EDITED_MEANWHILE) where the plan is
   * another by now, (KEY_USED) where the key is of another request: nothing is changed then.
   */
  async edits(
    rights: EditRights,
    view: PlanView,
    wanted: { readonly selection: Selection; readonly changes: readonly AskedChange[] },
    request: EditRequest,
  ): Promise<EditJob> {
    return existing(
      await this.#start(rights.principal, request, ['EDITS', wanted], async () => {
        const plan = await planEdits(view, rights, wanted.selection, wanted.changes, nowBy(this.ports.clock));
        return { plan, kind: 'EDITS', changes: wanted.changes.map(({ pointer: _pointer, ...change }) => change) };
      }),
    );
  }

  /**
   * As {@link edits}. Rules, domains and data products are changed before the job begins, all at once; where the process
   * ended in between, the same request under its key goes on from there.
   */
  async handOver(
    rights: EditRights,
    view: HandOverView,
    wanted: WantedHandOver,
    request: EditRequest,
  ): Promise<EditJob> {
    const { principal } = rights;
    return existing(
      await this.#start(principal, request, ['HAND_OVER', wanted], async () => {
        const plan = await planHandOver(view, rights, wanted, nowBy(this.ports.clock));
        const changes = [
          { action: 'WITHDRAW', kind: 'OWNER', value: wanted.from, detail: null },
          { action: 'STATE', kind: 'OWNER', value: wanted.to, detail: null },
        ] as const;
        const first = this.ports.definitions.prepare(principal, plan.writes, request);
        return { plan, kind: 'HAND_OVER', changes, first };
      }),
    );
  }

  /**
   * As {@link edits}, of what a file says, with what of it was left out. Of ALL_OR_NONE bad rows are INVALID_INPUT. No job
   * where all is so already.
   */
  async fromFile(
    rights: EditRights,
    view: ImportView,
    wanted: GivenFile & { readonly mode: ImportMode },
    request: EditRequest,
  ): Promise<{ readonly job: EditJob | null; readonly plan: ImportPlan }> {
    refuseFaults('The edits cannot be made like this', requestFaults(request));
    const { principal } = rights;
    const plan = await planImport(view, rights, wanted, nowBy(this.ports.clock));
    const asked = ['IMPORT', wanted.file, wanted.format, wanted.mode];
    const job = await this.#start(principal, request, asked, () => {
      if (wanted.mode === 'ALL_OR_NONE') refuseRows(plan.rejected);
      return Promise.resolve({ plan, kind: 'IMPORT', changes: [] });
    });
    return { job, plan };
  }

  /** Null where a file has nothing to be done. `asked` is what the key of the request stands for. */
  async #start(
    principal: Principal,
    request: EditRequest,
    asked: readonly unknown[],
    plan: () => Promise<Start>,
  ): Promise<EditJob | null> {
    refuseFaults('The edits cannot be made like this', requestFaults(request));
    const { jobs, runner, definitions } = this.ports;
    const { idempotencyKey, ...input } = request;
    const once = { key: idempotencyKey, asked: [...asked, input] };
    const { edits: first, told } = await preparedOnce(this.ports, principal, once, async () => {
      const started = await plan();
      requireVersion(request, started.plan);
      const isNothing = started.kind === 'IMPORT' && started.plan.edits.length === 0;
      const edits = started.first === undefined || started.first === null ? [] : [started.first];
      return { edits, told: isNothing ? null : this.#prepared(principal, request, started) };
    });
    if (told === null) return null;
    const { id } = told.job;
    const before = await jobs.job(id);
    if (before !== null) return before;
    for (const bytes of first) await definitions.execute(principal, bytes);
    await jobs.create(told.job, told.edits);
    runner.take(id);
    const job = await jobs.job(id);
    if (job === null) throw new HeadwaterError('INTERNAL', 'a job of edits is gone just after it was made');
    return job;
  }

  #prepared(principal: Principal, request: EditRequest, { plan, kind, changes }: Start): PreparedJob {
    const { clock, ids } = this.ports;
    const id = editId(principal, request.idempotencyKey, ids).replaceAll('-', '');
    const by = { id: principal.id, name: principal.name };
    // Whoever looked at no plan means the assets as they are, whatever comes in between.
    const expects = request.expectedVersion !== null;
    const edits = plan.edits.map(({ asset, expected, changes: made }) => ({
      ...{ asset, changes: made },
      expected: expects ? expected : null,
    }));
    const { standing } = principal;
    return { job: { id, kind, by, standing, changes, reason: request.reason, startedAt: clock.now() }, edits };
  }
}

function existing(job: EditJob | null): EditJob {
  if (job === null) throw new HeadwaterError('INTERNAL', 'edits that were asked for came to no job');
  return job;
}

function requireVersion({ expectedVersion }: EditRequest, { version }: EditPlan): void {
  if (expectedVersion === null || expectedVersion === version) return;
  throw new HeadwaterError(
    'CONFLICT',
    'What would be edited is not what you looked at any more. Look at it again, and send the edits with its version.',
    { reason: 'EDITED_MEANWHILE' },
  );
}
