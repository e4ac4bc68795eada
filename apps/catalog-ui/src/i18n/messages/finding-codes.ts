import { inLanguages } from '../catalog.js';

/** What each code of a finding means, for whoever did not write the event. */
export const findingCodes = inLanguages(
  {
    BYTE_ORDER_MARK: 'The document begins with a byte order mark; it is skipped.',
    CHARACTERS_REPLACED: 'Control characters or lone surrogates inside are shown as U+FFFD.',
    CLOCK_AHEAD:
      'The event says that it happened in the future; the time of receipt plus 5 minutes counts. Set the clock of the sender.',
    DATASET_LIST_IGNORED: 'inputs or outputs is no array; it is read as empty.',
    DROP_OF_UNKNOWN: 'A dataset was dropped that no event had named before.',
    EVENT_TYPE_UNKNOWN: 'The eventType is none of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER; it is read as none.',
    EVENT_TYPE_WITHOUT_RUN: 'The event has an eventType but no run; it is read as a JobEvent or DatasetEvent.',
    EVENT_UNPROJECTABLE:
      'An unexpected error kept the event out of the catalog. It is in the log, and a rebuild takes it up again: tell whoever runs the server.',
    EVENT_UNREADABLE: 'The event cannot be read. It is in the log, and the catalog goes on without it.',
    EXTRACTION_ERROR: 'The producer says that it could not see all of its own lineage.',
    FACET_DEVIATES: 'A facet that the published schema refuses, but that is usable as it is.',
    FACET_INVALID: 'A known facet that does not fit its schema: kept raw, left out of the projection.',
    FACET_NAME_TOO_LONG: 'The name of a facet is too long; the facet is kept in the event only.',
    FACET_NOT_AN_OBJECT: 'A facet that is no JSON object: kept raw, left out.',
    FACET_PRODUCER_MISSING: 'A facet without a usable _producer; the producer of the event stands in.',
    FACET_SCHEMA_URL_MISSING: 'A facet without a usable _schemaURL; it is told by its name.',
    FACETS_IGNORED: 'facets, inputFacets or outputFacets is no object; it is read as empty.',
    FINDINGS_TRUNCATED: 'The event has more findings than are kept.',
    INVALID_UTF8: 'The document is not valid UTF-8; wrong bytes are read as U+FFFD.',
    NOT_A_NUMBER: 'A bare NaN or Infinity, which JSON does not know; it is read as null.',
    PRODUCER_MISSING: 'The event has no usable producer.',
    RUN_ID_NOT_UUID: 'The runId is no UUID; a name-based UUID of it stands in.',
    RUN_ID_SHARED: 'Another job has a run of the same id; the two are kept apart.',
    SCHEMA_DEVIATION: 'The published event schema refuses this place.',
    SCHEMA_URL_MISSING: 'The event has no usable schemaURL; its kind is told by its shape.',
    TIME_NOT_RFC3339: 'The eventTime is not written as RFC 3339 asks, but can be read.',
    TIME_WITHOUT_ZONE: 'The eventTime has no zone; it is read as UTC.',
  },
  {
    BYTE_ORDER_MARK: 'Das Dokument beginnt mit einer Byte-Reihenfolge-Marke; sie wird übersprungen.',
    CHARACTERS_REPLACED: 'Steuerzeichen oder halbe Zeichen darin erscheinen als U+FFFD.',
    CLOCK_AHEAD:
      'Das Ereignis will in der Zukunft geschehen sein; es zählt die Ankunft plus 5 Minuten. Stellen Sie die Uhr des Senders richtig.',
    DATASET_LIST_IGNORED: 'inputs oder outputs ist keine Liste und wird als leer gelesen.',
    DROP_OF_UNKNOWN: 'Ein Datensatz wurde gelöscht, den vorher kein Ereignis nannte.',
    EVENT_TYPE_UNKNOWN:
      'Der eventType ist keiner von START, RUNNING, COMPLETE, ABORT, FAIL, OTHER; er wird als keiner gelesen.',
    EVENT_TYPE_WITHOUT_RUN:
      'Das Ereignis hat einen eventType, aber keinen Lauf; es wird als Ereignis über einen Job oder Datensatz gelesen.',
    EVENT_UNPROJECTABLE:
      'Wegen eines unerwarteten Fehlers fehlt das Ereignis im Katalog. Es ist im Protokoll, und ein Neuaufbau nimmt es wieder auf: Melden Sie es dem Betreiber des Servers.',
    EVENT_UNREADABLE: 'Das Ereignis ist nicht lesbar. Es ist im Protokoll, und der Katalog macht ohne es weiter.',
    EXTRACTION_ERROR: 'Der Sender meldet, dass er die Herkunft nicht vollständig erfassen konnte.',
    FACET_DEVIATES: 'Eine Facette, die dem veröffentlichten Schema nicht entspricht, aber brauchbar ist.',
    FACET_INVALID:
      'Eine bekannte Facette, die nicht zu ihrem Schema passt: so gespeichert, wie sie kam, aber nicht verwendet.',
    FACET_NAME_TOO_LONG: 'Der Name einer Facette ist zu lang; die Facette bleibt nur im Ereignis.',
    FACET_NOT_AN_OBJECT: 'Eine Facette, die kein JSON-Objekt ist: so gespeichert, wie sie kam, aber nicht verwendet.',
    FACET_PRODUCER_MISSING: 'Eine Facette ohne brauchbaren _producer; stattdessen gilt der des Ereignisses.',
    FACET_SCHEMA_URL_MISSING: 'Eine Facette ohne brauchbare _schemaURL; sie wird am Namen erkannt.',
    FACETS_IGNORED: 'facets, inputFacets oder outputFacets ist kein Objekt und wird als leer gelesen.',
    FINDINGS_TRUNCATED: 'Das Ereignis hat mehr Auffälligkeiten, als gespeichert werden.',
    INVALID_UTF8: 'Das Dokument ist kein gültiges UTF-8; falsche Bytes werden als U+FFFD gelesen.',
    NOT_A_NUMBER: 'Ein bloßes NaN oder Infinity, das JSON nicht kennt; es wird als null gelesen.',
    PRODUCER_MISSING: 'Das Ereignis hat keinen brauchbaren producer.',
    RUN_ID_NOT_UUID: 'Die Lauf-ID ist keine UUID; stattdessen gilt eine daraus berechnete.',
    RUN_ID_SHARED: 'Ein anderer Job hat einen Lauf mit derselben ID; beide bleiben getrennt.',
    SCHEMA_DEVIATION: 'Das veröffentlichte Ereignisschema lehnt diese Stelle ab.',
    SCHEMA_URL_MISSING: 'Das Ereignis hat keine brauchbare schemaURL; seine Art wird an der Form erkannt.',
    TIME_NOT_RFC3339: 'Die eventTime folgt nicht RFC 3339, ist aber lesbar.',
    TIME_WITHOUT_ZONE: 'Die eventTime hat keine Zeitzone; sie wird als UTC gelesen.',
  },
);
