import type { NamespaceView } from '@headwater/domain/catalog-reader';
import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A scope of names: a database, a broker, a bucket, a scheduler.' })
export class Namespace {
  @Field({ description: 'Its name, as producers send it.' })
  name!: string;

  @Field(() => Int, { description: 'How many datasets it has; dropped ones are left out.' })
  datasetCount!: number;

  @Field(() => Int, { description: 'How many jobs it has; dropped ones are left out.' })
  jobCount!: number;
}

export function toNamespace({ name, datasets, jobs }: NamespaceView): Namespace {
  return { name, datasetCount: datasets, jobCount: jobs };
}
