import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { operationOf, type OperationOptions } from './operation.guard.js';

/** Where @nestjs/graphql keeps that a method is a root field, and which (its `graphql.constants`). */
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';
const ROOT_TYPES: readonly unknown[] = ['Query', 'Mutation', 'Subscription'];

export interface DeclaredOperation extends OperationOptions {
  readonly type: string;
  readonly field: string;
}

/** Every root field with what it declares. Refuses to start where one declares nothing. */
@Injectable()
export class OperationInventory implements OnModuleInit {
  #operations: readonly DeclaredOperation[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  get operations(): readonly DeclaredOperation[] {
    return this.#operations;
  }

  onModuleInit(): void {
    const undeclared: string[] = [];
    const declared: DeclaredOperation[] = [];
    for (const { instance } of this.discovery.getProviders() as readonly { instance?: object | null }[]) {
      if (!instance) continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (prototype === null) continue;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const handler = (instance as Record<string, unknown>)[method];
        if (typeof handler !== 'function') continue;
        const type: unknown = Reflect.getMetadata(RESOLVER_TYPE, handler);
        if (!ROOT_TYPES.includes(type)) continue;
        const name: unknown = Reflect.getMetadata(RESOLVER_NAME, handler);
        const field = typeof name === 'string' ? name : method;
        const options = operationOf(this.reflector, handler);
        if (options === undefined) undeclared.push(`${String(type)}.${field}`);
        else declared.push({ ...options, type: String(type), field });
      }
    }
    if (undeclared.length > 0) throw new Error(`Root fields that declare no scope: ${undeclared.join(', ')}`);
    this.#operations = declared;
  }
}
