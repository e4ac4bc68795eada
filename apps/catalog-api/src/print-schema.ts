import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { NestFactory } from '@nestjs/core';
import { lexicographicSortSchema, printSchema as print } from 'graphql';
import { resolvers } from './resolvers/resolvers.js';

/** The public schema as SDL, sorted, built from the types alone: no store, no server. */
export async function printSchema(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: ['error'] });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create([...resolvers]);
    return `${print(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}
