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
    noToken: 'No token in it yet: make one above, and it is put in here.',
    noTokenAsk: 'No token in it yet: put yours in place of {{placeholder}}.',
    how: 'Choose how you send',
    client: { curl: 'curl', python: 'Python', airflow: 'Airflow', spark: 'Spark', dbt: 'dbt' },
    about: {
      curl: 'One event by hand, to see that it works. Its last line is the answer: HTTP 201 means that the event is kept.',
      python: 'The client of OpenLineage reads the address and the token from the environment.',
      airflow:
        'Set it for the scheduler, the workers and the DAG processor; then every run of every DAG tells what it reads and writes.',
      spark: 'The listener watches what the job reads and writes. The variable must reach the driver.',
      dbt: 'dbt-ol runs dbt and sends what its models read and write.',
    },
    place: { shell: 'In a shell', program: 'first_event.py', defaults: 'Or in spark-defaults.conf' },
    snippet: '{{client}}, {{place}}',
    example: 'Or look around first',
    exampleWhat:
      'The example is two weeks of an insurer’s claims, ending today: some jobs fail, a column is renamed, a model is trained.',
    exampleStays:
      'It stays in this catalog: load it where you try things out. Loading it twice on one day changes nothing.',
    exampleLoad: 'Load the example',
    exampleLoading: 'The example is being loaded',
    exampleLoaded: 'Loaded: {{total}} events. The catalog takes them in within seconds.',
    exampleHow:
      'You may not send events to this catalog. Whoever runs a server of their own starts it with the example:',
    exampleLabel: 'How to load the example',
    arrivals: 'What arrives',
    waiting: 'Waiting for an event …',
    waitingHint: 'Leave this page open: whatever arrives shows here by itself.',
    empty: 'The catalog is empty so far.',
    holds_one: 'The catalog holds one dataset or job so far.',
    holds_other: 'The catalog holds {{total}} datasets and jobs so far.',
    arrived_one: 'The first event is here',
    arrived_other: '{{total}} events have arrived',
    arrivedHint: 'All of it is kept, and the catalog knows what it names:',
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
    lead: 'Headwater nimmt OpenLineage-Ereignisse an. Richten Sie einen Client auf diesen Server aus; was er sendet, erscheint hier innerhalb einer Sekunde.',
    token: 'Ein Token für den Sender',
    tokenNotNeeded: 'Dieser Server läuft ohne Anmeldung, nur für diesen Rechner: Ein Token ist nicht nötig.',
    tokenWhy:
      'Jeder Sender zeigt ein Token vor. Erstellen Sie eines, das nur Ereignisse senden darf; es wird unten eingesetzt.',
    tokenName: 'Wofür ist es?',
    tokenNameDefault: 'erstes Ereignis',
    tokenNameWrong: 'Geben Sie ihm einen Namen mit 1 bis 200 Zeichen.',
    tokenMake: 'Token erstellen',
    tokenMaking: 'Das Token wird erstellt',
    tokenUntil:
      'Es gilt 90 Tage und darf Ereignisse jedes Namensraums senden. Tokens mit engeren Rechten erstellen Sie unter „Betrieb“.',
    tokens: 'Alle Tokens',
    tokenAsk:
      'Sender brauchen ein Token, und Sie dürfen keines erstellen. Bitten Sie einen Administrator, meist wer diesen Server betreibt, um ein Token mit dem Recht „Ereignisse senden“, und setzen Sie es unten statt {{placeholder}} ein.',
    noToken: 'Noch ohne Token: Erstellen Sie oben eines, dann steht es hier.',
    noTokenAsk: 'Noch ohne Token: Setzen Sie Ihres statt {{placeholder}} ein.',
    how: 'Wählen Sie, womit Sie senden',
    client: { curl: 'curl', python: 'Python', airflow: 'Airflow', spark: 'Spark', dbt: 'dbt' },
    about: {
      curl: 'Ein Ereignis von Hand, um zu sehen, dass es funktioniert. Die letzte Zeile ist die Antwort: HTTP 201 heißt, dass das Ereignis gespeichert ist.',
      python: 'Der Client von OpenLineage liest Adresse und Token aus der Umgebung.',
      airflow:
        'Setzen Sie es für Scheduler, Worker und DAG-Prozessor; dann meldet jeder Lauf jedes DAG, was er liest und schreibt.',
      spark: 'Der Listener sieht, was der Job liest und schreibt. Die Variable muss den Driver erreichen.',
      dbt: 'dbt-ol führt dbt aus und sendet, was seine Modelle lesen und schreiben.',
    },
    place: { shell: 'In einer Shell', program: 'first_event.py', defaults: 'Oder in spark-defaults.conf' },
    snippet: '{{client}}, {{place}}',
    example: 'Oder sehen Sie sich zuerst um',
    exampleWhat:
      'Das Beispiel enthält zwei Wochen Schadenfälle eines Versicherers bis heute: Manche Jobs schlagen fehl, eine Spalte wird umbenannt, ein Modell wird trainiert.',
    exampleStays:
      'Es bleibt in diesem Katalog: Laden Sie es dort, wo Sie etwas ausprobieren. Zweimal am selben Tag laden ändert nichts.',
    exampleLoad: 'Beispiel laden',
    exampleLoading: 'Das Beispiel wird geladen',
    exampleLoaded: 'Geladen: {{total}} Ereignisse. Der Katalog nimmt sie in wenigen Sekunden auf.',
    exampleHow:
      'Sie dürfen diesem Katalog keine Ereignisse senden. Wer einen eigenen Server betreibt, startet ihn mit dem Beispiel:',
    exampleLabel: 'So laden Sie das Beispiel',
    arrivals: 'Was ankommt',
    waiting: 'Wartet auf ein Ereignis …',
    waitingHint: 'Lassen Sie diese Seite offen: Was ankommt, erscheint hier von selbst.',
    empty: 'Der Katalog ist noch leer.',
    holds_one: 'Der Katalog enthält bisher einen Datensatz oder Job.',
    holds_other: 'Der Katalog enthält bisher {{total}} Datensätze und Jobs.',
    arrived_one: 'Das erste Ereignis ist da',
    arrived_other: '{{total}} Ereignisse sind angekommen',
    arrivedHint: 'Alles ist gespeichert, und der Katalog kennt nun, was darin steht:',
    more_one: 'und ein weiteres',
    more_other: 'und {{count}} weitere',
    seeLineage: 'Herkunft ansehen',
    seeEvents: 'Alle Ereignisse',
    goHome: 'Zur Startseite',
    mayNotSee:
      'Sie dürfen den Katalog nicht lesen, darum erscheint hier nicht, was ankommt. An der Antwort 201 sieht der Sender, dass ein Ereignis gespeichert ist.',
    cutOff:
      'Was ankommt, lässt sich gerade nicht zeigen; Ereignisse werden trotzdem gespeichert. Laden Sie die Seite neu, um wieder zuzusehen.',
  },
);
