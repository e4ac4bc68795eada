import type {
  ProjectionStatus as Projection,
  SystemStatus as Status,
} from '@headwater/application/status/read-system-status';
import type { FindingCount as Count } from '@headwater/domain/reading/event-reader';
import type { LineageGraph } from '@headwater/domain/ports';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { GraphEngineEnum } from './lineage-enums.js';

@ObjectType({ description: 'How far a projection of the log is.' })
export class ProjectionStatus implements Projection {
  @Field({ description: 'Whether its store answers.' })
  available!: boolean;

  @Field(() => String, { nullable: true, description: 'The last event that it has; null while its store is away.' })
  position!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many events it lacks; null while its store is away.' })
  lagEvents!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Age of the first event that it lacks, in seconds; 0 when it has them all, null while its store is away.',
  })
  lagSeconds!: number | null;
}

@ObjectType({ description: 'How many findings there are of one kind.' })
export class FindingCount implements Count {
  @Field({ description: 'The code of the findings.' })
  code!: string;

  @Field(() => Int, { description: 'How many there are, of those that you may see.' })
  count!: number;

  @Field({ description: 'False: at least so many; of very many the latest were counted.' })
  isExact!: boolean;
}

@ObjectType({ description: 'How the parts of the catalog stand.' })
export class SystemStatus {
  @Field({ description: 'Identifies the log in every position; made once.' })
  logId!: string;

  @Field({ description: 'The last event of the log.' })
  position!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why events cannot be stored just now, such as STORE_DISK_FULL or STORE_READ_ONLY; null where they can.',
  })
  problem!: string | null;

  @Field(() => ProjectionStatus, { description: 'The catalog tables: everything but lineage.' })
  catalog!: ProjectionStatus;

  @Field(() => Int, { description: 'Which generation of the projection answers; a rebuild makes the next.' })
  generation!: number;

  @Field(() => ProjectionStatus, { description: 'The graph behind lineage, paths and impact.' })
  graph!: ProjectionStatus;

  @Field(() => GraphEngineEnum, { description: 'Which store the graph is in.' })
  graphEngine!: LineageGraph['engine'];
}

export function toSystemStatus({ engine, ...status }: Status): SystemStatus {
  return { ...status, graphEngine: engine };
}
