import type { Importance as Counted } from '@headwater/domain/reading/importance-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTime } from './scalars.js';

@ObjectType({
  description:
    'Who depends on a dataset, by what runs and declarations in a stretch of time say. A job that writes it where it reads it is no consumer.',
})
export class Importance {
  @Field(() => Int, { description: 'Distinct jobs that read it.' })
  jobs!: number;

  @Field(() => Int, { description: 'Distinct namespaces of these jobs: the components that depend on it.' })
  namespaces!: number;

  @Field(() => Int, { description: 'Distinct other datasets that these jobs wrote where they read it.' })
  datasets!: number;

  @Field(() => Int, { description: 'Runs of these jobs that read it.' })
  reads!: number;

  @Field(() => DateTime, { description: 'Since when it was counted.' })
  from!: Micros;

  @Field(() => DateTime, { description: 'Until when, this moment left out.' })
  to!: Micros;

  @Field({ description: 'The same in a sentence, with what was counted.' })
  because!: string;
}

interface CountedHow {
  readonly days: number;
  readonly from: Micros;
  readonly to: Micros;
  /** Whether the caller may see a part of the catalog only. */
  readonly isOfSeen: boolean;
}

export function toImportance(
  { jobs, namespaces, datasets, runs }: Counted,
  { days, from, to, isOfSeen }: CountedHow,
): Importance {
  const within = isOfSeen ? ' among what you may see' : '';
  const because = `In ${count(days, 'day')}${within} ${count(jobs, 'job')} of ${count(namespaces, 'namespace')} read it in ${count(runs, 'run')} and wrote ${count(datasets, 'other dataset')} with it; jobs that write it where they read it are left out`;
  return { jobs, namespaces, datasets, reads: runs, from, to, because };
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`;
}
