import { inLanguages } from '../catalog.js';

export const start = inLanguages(
  {
    title: 'Send events',
    lead: 'Headwater takes OpenLineage events. Point a client at this server, and what it tells shows here within a second.',
    token: 'A token for the sender',
    tokenNotNeeded: 'This server runs without authentication, for this machine only: no token is needed.',
    tokenWhy:
      'Each sender shows a token. Make one that may send events and nothing else; it is put into the lines below.',
    tokenName: 'What is it for?',
    tokenNameDefault: 'first event',
    tokenNameWrong: 'Give it a name of 1 to 200 characters.',
    tokenMake: 'Make a token',
    tokenMaking: 'The token is being made',
    tokenUntil:
      'It is good for 90 days and may send events of every namespace. Tokens for less are made under Operations.',
    tokens: 'All tokens',
    tokenAsk:
      'Senders need a token, and you may not make one. Ask an administrator, usually whoever runs this server, for a token with the right “Send events”, and put it in place of {{placeholder}} below.',
    how: 'Choose how you send',
    client: { curl: 'curl', python: 'Python', airflow: 'Airflow', spark: 'Spark', dbt: 'dbt' },
    about: {
      curl: 'One event by hand, to see that it works. An answer of 201 means that it is kept.',
      python: 'The client of OpenLineage reads the address and the token from the environment.',
      airflow:
        'Set it for the scheduler, the workers and the DAG processor; then every run of every DAG tells what it reads and writes.',
      spark: 'The listener watches what the job reads and writes. The variable must reach the driver.',
      dbt: 'dbt-ol runs dbt and sends what its models read and write.',
    },
    place: { shell: 'In a shell', program: 'first_event.py', defaults: 'Or in spark-defaults.conf' },
    snippet: '{{client}}, {{place}}',
    example: 'Or look around first',
    exampleHow:
      'The example is two weeks of an insurer’s claims: some jobs fail, a column is renamed, a model is trained. Start the server with it; loading it twice changes nothing.',
    exampleLabel: 'How to load the example',
    arrivals: 'What arrives',
    waiting: 'Waiting for an event …',
    waitingHint: 'Leave this page open: whatever arrives shows here by itself.',
    empty: 'The catalog is empty so far.',
    holds_one: 'The catalog holds one dataset or job so far.',
    holds_other: 'The catalog holds {{total}} datasets and jobs so far.',
    arrived_one: 'The first event is here',
    arrived_other: '{{total}} events have arrived',
    arrivedHint: 'It is kept, and the catalog knows what it names:',
    more_one: 'and one more',
    more_other: 'and {{count}} more',
    seeLineage: 'See its lineage',
    seeEvents: 'All events',
    goHome: 'To the home page',
    mayNotSee:
      'You may not read the catalog, so what arrives does not show here. The sender’s answer of 201 tells you that an event is kept.',
    cutOff: 'What arrives cannot be shown just now; events are kept all the same. Reload the page to watch again.',
  },
  {
    title: 'Ereignisse senden',
    lead: 'Headwater nimmt OpenLineage-Ereignisse. Zeigen Sie einem Client diesen Server, und was er erzählt, erscheint hier binnen einer Sekunde.',
    token: 'Ein Token für den Sender',
    tokenNotNeeded: 'Dieser Server läuft ohne Anmeldung, nur für diesen Rechner: Ein Token ist nicht nötig.',
    tokenWhy:
      'Jeder Sender zeigt ein Token vor. Machen Sie eines, das Ereignisse senden darf und sonst nichts; es wird unten eingesetzt.',
    tokenName: 'Wofür ist es?',
    tokenNameDefault: 'erstes Ereignis',
    tokenNameWrong: 'Geben Sie ihm einen Namen mit 1 bis 200 Zeichen.',
    tokenMake: 'Token machen',
    tokenMaking: 'Das Token wird gemacht',
    tokenUntil:
      'Es gilt 90 Tage und darf Ereignisse jedes Namensraums senden. Tokens für weniger macht man unter Betrieb.',
    tokens: 'Alle Tokens',
    tokenAsk:
      'Sender brauchen ein Token, und Sie dürfen keines machen. Bitten Sie einen Administrator, meist wer diesen Server betreibt, um ein Token mit dem Recht „Ereignisse senden“, und setzen Sie es unten statt {{placeholder}} ein.',
    how: 'Wählen Sie, womit Sie senden',
    client: { curl: 'curl', python: 'Python', airflow: 'Airflow', spark: 'Spark', dbt: 'dbt' },
    about: {
      curl: 'Ein Ereignis von Hand, um zu sehen, dass es geht. Die Antwort 201 heißt: Es ist aufbewahrt.',
      python: 'Der Client von OpenLineage liest Adresse und Token aus der Umgebung.',
      airflow:
        'Setzen Sie es für Scheduler, Worker und DAG-Prozessor; dann erzählt jeder Lauf jedes DAG, was er liest und schreibt.',
      spark: 'Der Listener sieht, was der Job liest und schreibt. Die Variable muss den Driver erreichen.',
      dbt: 'dbt-ol führt dbt aus und sendet, was seine Modelle lesen und schreiben.',
    },
    place: { shell: 'In einer Shell', program: 'first_event.py', defaults: 'Oder in spark-defaults.conf' },
    snippet: '{{client}}, {{place}}',
    example: 'Oder sehen Sie sich erst um',
    exampleHow:
      'Das Beispiel sind zwei Wochen Schadenfälle eines Versicherers: Manche Jobs schlagen fehl, eine Spalte wird umbenannt, ein Modell trainiert. Starten Sie den Server damit; zweimal laden ändert nichts.',
    exampleLabel: 'So lädt man das Beispiel',
    arrivals: 'Was ankommt',
    waiting: 'Wartet auf ein Ereignis …',
    waitingHint: 'Lassen Sie diese Seite offen: Was ankommt, erscheint hier von selbst.',
    empty: 'Der Katalog ist noch leer.',
    holds_one: 'Der Katalog enthält bisher einen Datensatz oder Job.',
    holds_other: 'Der Katalog enthält bisher {{total}} Datensätze und Jobs.',
    arrived_one: 'Das erste Ereignis ist da',
    arrived_other: '{{total}} Ereignisse sind angekommen',
    arrivedHint: 'Es ist aufbewahrt, und der Katalog kennt, was es nennt:',
    more_one: 'und eines mehr',
    more_other: 'und {{count}} mehr',
    seeLineage: 'Herkunft ansehen',
    seeEvents: 'Alle Ereignisse',
    goHome: 'Zur Startseite',
    mayNotSee:
      'Sie dürfen den Katalog nicht lesen, darum erscheint hier nicht, was ankommt. Die Antwort 201 sagt dem Sender, dass ein Ereignis aufbewahrt ist.',
    cutOff:
      'Was ankommt, lässt sich gerade nicht zeigen; Ereignisse werden trotzdem aufbewahrt. Laden Sie die Seite neu, um wieder zuzusehen.',
  },
);
