import { inLanguages } from '../catalog.js';

export const access = inLanguages(
  {
    scope: {
      LINEAGE_WRITE: 'Send events',
      CATALOG_READ: 'Read the catalog',
      CATALOG_EDIT: 'Edit the catalog',
      DECISION_WRITE: 'Send decisions',
      DECISION_READ: 'Read decisions',
      PERSONAL_READ: 'Read personal parts of decisions',
      AUDIT_READ: 'Read the audit of access',
      ADMIN: 'Administer tokens and roles',
    },
    or: ' or ',
    nothingChanged: 'Nothing was changed',
    refusal: {
      INVALID_INPUT: 'Something in the form is not right. Correct it and send it again.',
      OVERLAP: 'The overlap must lie between nothing and 30 days. Choose another.',
      MISSING_SCOPE:
        'You can only give what you have yourself, for the whole catalog. Choose less, or ask an administrator who has it.',
      NO_SUCH_TOKEN:
        'This token is over already: someone revoked it, or it expired. Close this to see the current list.',
      NO_SUCH_BINDING: 'This role was withdrawn already. Close this to see the current list.',
    },
    secretTitle: 'The token “{{name}}” is made',
    secretOnce: 'Copy it now: it is shown once and kept nowhere. If it gets lost, make another.',
    secretLabel: 'Token',
    restrictedTitle: 'Not for your role',
    restricted: 'Whoever sees this page needs the right “{{scopes}}”.',
    restrictedAdmin: 'You administer roles: grant it to yourself under Members and roles.',
    askWhom:
      'Ask an administrator of this Headwater, usually whoever runs the server, for a role that has it. Who you are stands in the account menu.',
  },
  {
    scope: {
      LINEAGE_WRITE: 'Ereignisse senden',
      CATALOG_READ: 'Katalog lesen',
      CATALOG_EDIT: 'Katalog bearbeiten',
      DECISION_WRITE: 'Entscheidungen senden',
      DECISION_READ: 'Entscheidungen lesen',
      PERSONAL_READ: 'Personenbezogenes in Entscheidungen lesen',
      AUDIT_READ: 'Zugriffsprotokoll lesen',
      ADMIN: 'Tokens und Rollen verwalten',
    },
    or: ' oder ',
    nothingChanged: 'Es wurde nichts geändert',
    refusal: {
      INVALID_INPUT: 'Im Formular stimmt etwas nicht. Korrigieren Sie es und senden Sie es noch einmal ab.',
      OVERLAP: 'Die Übergangszeit darf höchstens 30 Tage betragen. Wählen Sie eine andere.',
      MISSING_SCOPE:
        'Sie können nur Rechte vergeben, die Sie selbst für den ganzen Katalog haben. Wählen Sie weniger aus, oder bitten Sie einen Administrator, der sie hat.',
      NO_SUCH_TOKEN:
        'Dieses Token gilt nicht mehr: Es wurde widerrufen oder ist abgelaufen. Schließen Sie dies, um die aktuelle Liste zu sehen.',
      NO_SUCH_BINDING: 'Diese Rolle wurde schon entzogen. Schließen Sie dies, um die aktuelle Liste zu sehen.',
    },
    secretTitle: 'Das Token „{{name}}“ wurde erstellt',
    secretOnce:
      'Kopieren Sie es jetzt: Es wird nur dieses eine Mal angezeigt und nirgends gespeichert. Geht es verloren, erstellen Sie ein neues.',
    secretLabel: 'Token',
    restrictedTitle: 'Mit Ihrer Rolle nicht zugänglich',
    restricted: 'Für diese Seite brauchen Sie das Recht „{{scopes}}“.',
    restrictedAdmin: 'Sie verwalten Rollen: Unter „Mitglieder und Rollen“ können Sie es sich selbst geben.',
    askWhom:
      'Bitten Sie einen Administrator dieses Headwater, meist wer den Server betreibt, um eine Rolle mit diesem Recht. Unter welchem Namen Sie angemeldet sind, steht im Kontomenü.',
  },
);
