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
      AUDIT_READ: 'Zugriffsprüfung lesen',
      ADMIN: 'Tokens und Rollen verwalten',
    },
    or: ' oder ',
    nothingChanged: 'Nichts wurde geändert',
    refusal: {
      INVALID_INPUT: 'Etwas im Formular stimmt nicht. Berichtigen Sie es und senden Sie es noch einmal.',
      OVERLAP: 'Die Überlappung muss zwischen nichts und 30 Tagen liegen. Wählen Sie eine andere.',
      MISSING_SCOPE:
        'Sie können nur geben, was Sie selbst für den ganzen Katalog haben. Wählen Sie weniger, oder bitten Sie einen Administrator, der es hat.',
      NO_SUCH_TOKEN:
        'Dieses Token ist schon vorbei: Es wurde widerrufen oder ist abgelaufen. Schließen Sie dies, um die aktuelle Liste zu sehen.',
      NO_SUCH_BINDING: 'Diese Rolle wurde schon entzogen. Schließen Sie dies, um die aktuelle Liste zu sehen.',
    },
    secretTitle: 'Das Token „{{name}}“ ist gemacht',
    secretOnce:
      'Kopieren Sie es jetzt: Es wird einmal gezeigt und nirgends aufbewahrt. Geht es verloren, machen Sie ein neues.',
    secretLabel: 'Token',
    restrictedTitle: 'Nicht für Ihre Rolle',
    restricted: 'Wer diese Seite sieht, braucht das Recht „{{scopes}}“.',
    restrictedAdmin: 'Sie verwalten Rollen: Vergeben Sie es unter Mitglieder und Rollen an sich selbst.',
    askWhom:
      'Bitten Sie einen Administrator dieses Headwater, meist wer den Server betreibt, um eine Rolle, die es hat. Wer Sie sind, steht im Kontomenü.',
  },
);
