import { inLanguages } from '../catalog.js';

/** Logical datasets as a list. */
export const logical = inLanguages(
  {
    title: 'Logical datasets',
    lead: 'What several datasets carry together, such as a topic, the files it is kept in and the table it is loaded into.',
    search: 'Find a logical dataset',
    hint: 'By its name, key or description',
    name: 'Name',
    domain: 'Domain',
    members: 'Datasets',
    rules: 'Rules',
    none: 'There are none, or none that fits.',
  },
  {
    title: 'Logische Datensätze',
    lead: 'Was mehrere Datensätze gemeinsam tragen, etwa ein Topic, seine Dateien und die Tabelle, in die es geladen wird.',
    search: 'Logischen Datensatz finden',
    hint: 'Mit Namen, Schlüssel oder Beschreibung',
    name: 'Name',
    domain: 'Domäne',
    members: 'Datensätze',
    rules: 'Regeln',
    none: 'Es gibt keine, oder keiner davon passt.',
  },
);
