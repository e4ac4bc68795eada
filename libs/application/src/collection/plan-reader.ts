import type { CatalogReader } from '@headwater/domain/catalog-reader';

/** What a plan reads of the catalog, as its caller may. */
export type PlanReader = Pick<
  CatalogReader,
  'assets' | 'definitionsOf' | 'fields' | 'fieldsOfDatasets' | 'versionsOfDatasets' | 'facts'
>;
