import { inLanguages } from '../../catalog.js';

/** Who answers for an asset, what is put on it, and which source says so. */
export const facts = inLanguages(
  {
    owners: 'Owners',
    ownersNone: 'Nobody is known to answer for it.',
    tags: 'Tags',
    tagsNone: 'No tags.',
    source: { EDIT: 'Entered here', FACET: 'From an event', RULE: 'By a rule' },
    stated: {
      EDIT: 'Entered by {{producer}} in event {{number}}',
      FACET: 'Sent by {{producer}} in event {{number}}',
      RULE: 'Concluded from {{producer}} in event {{number}}',
    },
    unnamedProducer: 'an unnamed producer',
    since: 'since',
    until: 'until',
    putOn: 'Put on {{name}}',
    aliases: 'Also known as',
    cause: { EDIT: 'merged here', RULE: 'by a naming rule', SYMLINK: 'a producer says so (symlinks)' },
    agentOwns: 'What it answers for',
  },
  {
    owners: 'Verantwortliche',
    ownersNone: 'Es ist niemand bekannt, der dafür verantwortlich ist.',
    tags: 'Schlagwörter',
    tagsNone: 'Keine Schlagwörter.',
    source: { EDIT: 'Hier eingetragen', FACET: 'Aus einem Ereignis', RULE: 'Durch eine Regel' },
    stated: {
      EDIT: 'Eingetragen von {{producer}} in Ereignis {{number}}',
      FACET: 'Gesendet von {{producer}} in Ereignis {{number}}',
      RULE: 'Gefolgert aus {{producer}} in Ereignis {{number}}',
    },
    unnamedProducer: 'einem unbenannten Produzenten',
    since: 'seit',
    until: 'bis',
    putOn: 'Vergeben an {{name}}',
    aliases: 'Auch bekannt als',
    cause: {
      EDIT: 'hier zusammengeführt',
      RULE: 'durch eine Namensregel',
      SYMLINK: 'laut einem Produzenten (symlinks)',
    },
    agentOwns: 'Verantwortlich für',
  },
);
