import { graph } from './lineage/graph.js';
import { page } from './lineage/page.js';
import { panels } from './lineage/panels.js';
import { table } from './lineage/table.js';
import { time } from './lineage/time.js';
import { toolbar } from './lineage/toolbar.js';

/** The lineage explorer's texts, a file for each part of the page. */
export const lineage = {
  en: { ...page.en, ...toolbar.en, ...graph.en, ...table.en, ...time.en, ...panels.en },
  de: { ...page.de, ...toolbar.de, ...graph.de, ...table.de, ...time.de, ...panels.de },
};
