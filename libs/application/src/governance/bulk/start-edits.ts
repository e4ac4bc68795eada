import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { EditJob, EditJobStore, NewEditJob } from '@headwater/domain/governance/edit-job';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../../access/access-parts.js';
import type { EditRights } from '../../access/edit-rights.js';
import { requestFaults, type EditRequest } from '../record-edit.js';
import { planEdits, type AskedChange, type EditPlan, type PlanView, type Selection } from './plan-edits.js';
import { planHandOver, type WantedHandOver } from './plan-hand-over.js';
import { planImport, refuseRows, type GivenFile, type ImportPlan, type ImportView } from '../transfer/plan-import.js';
import type { ImportMode } from '../import-terms.js';
import type { HandOverDefinitions } from './hand-over-definitions.js';
import type { RunEditJobs } from './run-edit-jobs.js';

export interface StartEditsPorts {
  readonly jobs: EditJobStore;
  readonly runner: Pick<RunEditJobs, 'take'>;
  readonly definitions: Pick<HandOverDefinitions, 'execute'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

type HandOverView = Parameters<typeof planHandOver>[0];

/** What is started where nothing moved since it was looked at. */
interface Start {
  readonly plan: EditPlan;
  readonly kind: NewEditJob['kind'];
  readonly changes: NewEditJob['changes'];
  /** What must be done before the job is there. */
  readonly first?: () => Promise<unknown>;
}

/** Starts edits of many assets as one job, each an event of the log. */
export class StartEdits {
  constructor(private readonly ports: StartEditsPorts) {}

  /**
   * The job, durable and begun; under a key that was used the job of then. `expectedVersion` is that of a plan. Throws
   * INVALID_INPUT with faults, CONFLICT (EDITED_MEANWHILE) where the plan is another by now: nothing is changed then.
   */
  edits(
    rights: EditRights,
    view: PlanView,
    wanted: { readonly selection: Selection; readonly changes: readonly AskedChange[] },
    request: EditRequest,
  ): Promise<EditJob> {
    return this.#start(rights.principal, request, ['EDITS', wanted], async () => {
      const plan = await planEdits(view, rights, wanted.selection, wanted.changes, nowBy(this.ports.clock));
      return { plan, kind: 'EDITS', changes: wanted.changes.map(({ pointer: _pointer, ...change }) => change) };
    });
  }

  /** As {@link edits}. Rules, domains and data products are changed before the job begins, all at once. */
  handOver(rights: EditRights, view: HandOverView, wanted: WantedHandOver, request: EditRequest): Promise<EditJob> {
    const { principal } = rights;
    return this.#start(principal, request, ['HAND_OVER', wanted], async () => {
      const plan = await planHandOver(view, rights, wanted, nowBy(this.ports.clock));
      const changes = [
        { action: 'WITHDRAW', kind: 'OWNER', value: wanted.from, detail: null },
        { action: 'STATE', kind: 'OWNER', value: wanted.to, detail: null },
      ] as const;
      const first = (): Promise<unknown> => this.ports.definitions.execute(principal, plan.writes, request);
      return { plan, kind: 'HAND_OVER', changes, first };
    });
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
    const earlier = await this.#earlier(principal, request, asked);
    if (earlier !== null) return { job: earlier, plan };
    if (wanted.mode === 'ALL_OR_NONE') refuseRows(plan.rejected);
    requireVersion(request, plan);
    if (plan.edits.length === 0) return { job: null, plan };
    const start = (): Promise<Start> => Promise.resolve({ plan, kind: 'IMPORT', changes: [] });
    return { job: await this.#start(principal, request, asked, start), plan };
  }

  /** `asked` is what a key stands for: under the same one something else is another job. */
  async #start(
    principal: Principal,
    request: EditRequest,
    asked: readonly unknown[],
    plan: () => Promise<Start>,
  ): Promise<EditJob> {
    refuseFaults('The edits cannot be made like this', requestFaults(request));
    const { jobs, runner, clock } = this.ports;
    const earlier = await this.#earlier(principal, request, asked);
    if (earlier !== null) return earlier;
    const id = this.#idOf(principal, request, asked);
    const started = await plan();
    requireVersion(request, started.plan);
    await started.first?.();
    const by = { id: principal.id, name: principal.name };
    const { kind, changes } = started;
    // Whoever looked at no plan means the assets as they are, whatever comes in between.
    const expects = request.expectedVersion !== null;
    const edits = started.plan.edits.map(({ asset, expected, changes: made }) => ({
      ...{ asset, changes: made },
      expected: expects ? expected : null,
    }));
    await jobs.create({ id, kind, by, changes, reason: request.reason, startedAt: clock.now() }, edits);
    runner.take(id);
    const job = await jobs.job(id);
    if (job === null) throw new HeadwaterError('INTERNAL', 'a job of edits is gone just after it was made');
    return job;
  }

  async #earlier(principal: Principal, request: EditRequest, asked: readonly unknown[]): Promise<EditJob | null> {
    return request.idempotencyKey === null ? null : this.ports.jobs.job(this.#idOf(principal, request, asked));
  }

  #idOf({ id }: Principal, { idempotencyKey, reason }: EditRequest, asked: readonly unknown[]): string {
    if (idempotencyKey === null) return this.ports.ids.uuid().replaceAll('-', '');
    return createHash('sha256')
      .update(JSON.stringify(['edit-job', id, idempotencyKey, reason, ...asked]))
      .digest('hex')
      .slice(0, 32);
  }
}

function requireVersion({ expectedVersion }: EditRequest, { version }: EditPlan): void {
  if (expectedVersion === null || expectedVersion === version) return;
  throw new HeadwaterError(
    'CONFLICT',
    'What would be edited is not what you looked at any more. Look at it again, and send the edits with its version.',
    { reason: 'EDITED_MEANWHILE' },
  );
}
