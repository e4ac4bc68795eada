import { inLanguages } from '../catalog.js';

/** What words mean. */
export const glossary = inLanguages(
  {
    title: 'Glossary',
    lead: 'What the business means by its words. A term stands below the wider one that it is a kind or a part of; its page tells what it means and leads to what has it.',
    search: 'Find a term',
    searchHint: 'By its name or a synonym.',
    none: 'There are no terms yet. Whoever may edit the whole catalog makes them, one by one or as a file.',
    notFound: 'No term is called that.',
    count_one: '{{total}} term',
    count_other: '{{total}} terms',
    rest: 'There are more. Find them by a word.',
    status: { DRAFT: 'draft', APPROVED: 'approved', DEPRECATED: 'deprecated' },
    download: 'As CSV',
    downloadFailed: 'That did not work. Try again.',
  },
  {
    title: 'Glossar',
    lead: 'Was mit Wörtern gemeint ist. Ein Begriff steht unter dem Oberbegriff, von dem er eine Art oder ein Teil ist; seine Seite sagt, was er bedeutet, und führt zu dem, was ihn hat.',
    search: 'Begriff finden',
    searchHint: 'Mit seinem Namen oder einem Synonym.',
    none: 'Es gibt noch keine Begriffe. Wer den ganzen Katalog bearbeiten darf, legt sie an, einzeln oder als Datei.',
    notFound: 'Kein Begriff heißt so.',
    count_one: '{{total}} Begriff',
    count_other: '{{total}} Begriffe',
    rest: 'Es gibt mehr. Ein Wort findet sie.',
    status: { DRAFT: 'Entwurf', APPROVED: 'freigegeben', DEPRECATED: 'überholt' },
    download: 'Als CSV',
    downloadFailed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
  },
);
