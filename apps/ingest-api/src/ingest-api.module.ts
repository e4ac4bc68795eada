import { DecisionIntake } from '@headwater/application/decisions/decision-intake';
import { PersonalKeys } from '@headwater/application/decisions/personal-keys';
import { SealPersonalParts } from '@headwater/application/decisions/seal-personal-parts';
import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import type { Intake } from '@headwater/application/ingest/intake';
import { LineageIntake } from '@headwater/application/ingest/lineage-intake';
import type { SubjectKeyStore } from '@headwater/domain/decisions/subject-key-store';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Config } from '@headwater/platform/config';
import { ACCESS, CLOCK, CONFIG, EVENT_LOG, SUBJECT_KEYS } from '@headwater/platform/tokens';
import { Module, type FactoryProvider } from '@nestjs/common';
import { DecisionsController } from './decisions.controller.js';
import { IngestController } from './ingest.controller.js';
import { ACCEPT_CLOUD_EVENTS, ACCEPT_DECISIONS, ACCEPT_LINEAGE } from './intake-tokens.js';

const acceptBy = (
  provide: symbol,
  intakeOf: (seal: SealPersonalParts, maxEventBytes: number) => Intake<unknown>,
): FactoryProvider => ({
  provide,
  inject: [EVENT_LOG, CLOCK, SealPersonalParts, CONFIG],
  useFactory: (log: EventLog, clock: Clock, seal: SealPersonalParts, { ingest }: Config) =>
    new AcceptEvents(log, clock, intakeOf(seal, ingest.maxEventBytes)),
});

/**
 * `POST /api/v1/lineage`, `/api/v1/lineage/batch` and `/api/v1/decisions`. Needs EVENT_LOG, SUBJECT_KEYS, ACCESS, CLOCK
 * and CONFIG from a global module.
 */
@Module({
  controllers: [IngestController, DecisionsController],
  providers: [
    {
      provide: SealPersonalParts,
      inject: [SUBJECT_KEYS, ACCESS],
      useFactory: (store: SubjectKeyStore, { secrets, parts }: AccessServices) =>
        new SealPersonalParts(new PersonalKeys({ store, secrets, ids: parts.ids })),
    },
    acceptBy(ACCEPT_LINEAGE, (seal, maxEventBytes) => new LineageIntake(seal, maxEventBytes)),
    acceptBy(ACCEPT_DECISIONS, (seal, maxEventBytes) => new DecisionIntake(seal, 'PLAIN', maxEventBytes)),
    acceptBy(ACCEPT_CLOUD_EVENTS, (seal, maxEventBytes) => new DecisionIntake(seal, 'CLOUD_EVENT', maxEventBytes)),
  ],
})
export class IngestApiModule {}
