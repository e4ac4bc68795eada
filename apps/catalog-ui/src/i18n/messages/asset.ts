import { edits } from './asset/edits.js';
import { facts } from './asset/facts.js';
import { flow } from './asset/flow.js';
import { frame } from './asset/frame.js';
import { records } from './asset/records.js';
import { runs } from './asset/runs.js';
import { schema } from './asset/schema.js';
import { versions } from './asset/versions.js';

/** The texts of the page of any node, by its parts. */
export const asset = {
  en: { ...frame.en, ...facts.en, ...schema.en, ...flow.en, ...runs.en, ...versions.en, ...records.en, ...edits.en },
  de: { ...frame.de, ...facts.de, ...schema.de, ...flow.de, ...runs.de, ...versions.de, ...records.de, ...edits.de },
};
