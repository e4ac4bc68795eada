/** Words that tables and columns are named with in short, as the words that rules know. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  ...{ addr: 'address', adr: 'address', adresse: 'address', anschrift: 'address', direccion: 'address', tel: 'phone' },
  ...{ telephone: 'phone', telefon: 'phone', telefono: 'phone', ph: 'phone', mob: 'mobile', mobil: 'mobile' },
  ...{ nr: 'number', no: 'number', num: 'number', nbr: 'number', nummer: 'number', numero: 'number' },
  ...{ acct: 'account', acc: 'account', cust: 'customer', kunde: 'customer', kunden: 'customer', emp: 'employee' },
  ...{
    mitarbeiter: 'employee',
    usr: 'user',
    benutzer: 'user',
    pwd: 'password',
    passwd: 'password',
    passwort: 'password',
  },
  ...{ kennwort: 'password', dt: 'date', dat: 'date', datum: 'date', fecha: 'date', cnt: 'count', anzahl: 'count' },
  ...{ qty: 'quantity', amt: 'amount', desc: 'description', cat: 'category', dept: 'department', org: 'organization' },
  ...{ identifier: 'id', ident: 'id', strasse: 'street', str: 'street', ort: 'city', stadt: 'city', land: 'country' },
};

/**
 * The words of a name in lower case: parted at underscores, hyphens, dots and spaces, where the case changes and around
 * digits. Umlauts are written out, other accents left out.
 */
export function wordsOf(name: string): readonly string[] {
  return (
    plain(name)
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      // Looking ahead keeps it linear: a run of capitals is read once.
      .replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ')
      .replace(/(\d)(?=\p{L})|(\p{L})(?=\d)/gu, '$1$2 ')
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
      .filter((word) => word !== '')
  );
}

/** {@link wordsOf} with short forms written out: `cust_addr` is `customer address`. */
export function fullWordsOf(name: string): readonly string[] {
  return wordsOf(name).map((word) => (Object.hasOwn(LONG_FORMS, word) ? (LONG_FORMS[word] ?? word) : word));
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' };

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[äöüÄÖÜß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/** English words in the singular, as far as table names need it. */
export function singular(word: string): string {
  if (word === 'people') return 'person';
  if (word === 'ids') return 'id';
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(sses|xes|shes|ches)$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}
