import { inLanguages } from '../catalog.js';

/** What the pages about tokens, members and the audit share. */
export const administration = inLanguages(
  {
    authenticationOff:
      'Authentication is off: everybody on this machine may do everything, and nobody is asked for a token. Tokens and roles made here count once it is on.',
    namespaces: 'Namespaces',
    globsHint: 'One a line: * is any text, ? one character, a leading ! takes away. Empty: all.',
    allNamespaces: 'all',
    actions: 'What can be done',
    cancel: 'Cancel',
    done: 'Done',
    roles: {
      ADMIN: 'Admin',
      AUDITOR: 'Auditor',
      EDITOR: 'Editor',
      PRODUCER: 'Producer',
      STEWARD: 'Steward',
      VIEWER: 'Viewer',
    },
  },
  {
    authenticationOff:
      'Die Anmeldung ist ausgeschaltet: Wer an diesem Rechner sitzt, darf alles, und niemand wird nach einem Token gefragt. Tokens und Rollen, die Sie hier anlegen, gelten, sobald sie eingeschaltet ist.',
    namespaces: 'Namensräume',
    globsHint: 'Einer pro Zeile: * steht für beliebigen Text, ? für ein Zeichen, ein ! davor schließt aus. Leer: alle.',
    allNamespaces: 'alle',
    actions: 'Aktionen',
    cancel: 'Abbrechen',
    done: 'Fertig',
    roles: {
      ADMIN: 'Administrator',
      AUDITOR: 'Prüfer',
      EDITOR: 'Bearbeiter',
      PRODUCER: 'Sender',
      STEWARD: 'Steward',
      VIEWER: 'Leser',
    },
  },
);
