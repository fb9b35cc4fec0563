import { AmountReader, wordEnd } from './amount-reader.ts';
import { digits, letters } from './numbers.ts';
import { unitWords } from './unit-words.ts';

/** Words of the other languages for the units in `unitWords`, folded: lower case, plain letters. A German Pfund is a pound here too. */
const moreUnitWords: Readonly<Record<string, string>> = {
  pc: 'piezas?|pzas?|stuck|stucke|stk|unidad(?:es)?|قطع[هة]?|حب(?:ات|[هة])',
  g: 'gramm|gramm?[eo]s?|غم?|جم|[غج]رام(?:ات)?',
  kg: 'kilogramm|kilogramm?[eo]?s?|كيلو(?:[غج]رام)?|كغم?|كجم',
  mg: 'ملغ',
  dl: 'دل',
  cl: 'سل',
  pt: 'pint[ae]s?|باينت',
  l: 'litros?|لي?تر(?:ات)?',
  ml: 'مل',
  lb: 'pfund|livres?|libras?|رطل|ارطال',
  oz: 'ounces?|unzen?|onces?|onzas?|اونص(?:ات|[هة])',
  dozen: 'dutzend|douzaines?|docenas?|دزين(?:ات|[هة])|درزن',
  pack: 'pckg?|packung(?:en)?|packchen|pakete?|paquets?|paquetes?|عبو(?:ات|[هة])|باكيت',
  can: 'dosen?|latas?|boites?|canettes?|علب[هة]?',
  bottle: 'flaschen?|bouteilles?|botellas?|زجاج(?:ات|[هة])|قنين[هة]',
  jar: 'glas|glaser|bocal|bocaux|tarros?|frascos?|(?:برطمان|مرطبان)(?:ات)?',
  tub: 'pots?|becher|tarrinas?|وعاء|اوعي[هة]',
  bag: 'tuten?|beutel|sack|sacke|netze?|sachets?|sacs?|bolsas?|اكياس|كيس',
  box: 'schachteln?|etuis?|cajas?|صناديق|صندوق',
  carton: 'kartons?|bri(?:c?k|que)s?|كرتون[هة]?|كراتين',
  crate: 'kasten|kisten?|cagettes?|cajon(?:es)?|قفص|اقفاص',
  bunch: 'bund|bunde|bottes?|manojos?|(?:حزم|ربط|باق)(?:ات|[هة])',
  head: 'kopfe?|tetes?|cabezas?|راس|رووس',
  loaf: 'laibe?|miches?|barras?|hogazas?|رغيف|ارغف[هة]',
  slice: 'scheiben?|tranches?|rodajas?|lonchas?|rebanadas?|شرايح|شريح[هة]',
  roll: 'rollen?|rouleaux?|rollos?|لف(?:ات|[هة])',
  bar: 'tafeln?|tablettes?|tabletas?|الواح|لوح',
  cup: 'tass[ae][ns]?|tazas?|اكواب|كوب',
  tbsp: 'el|cas|cucharadas?|cda|ملعق[هة]|ملاعق',
  tsp: 'tl|cac|cucharaditas?|cdta',
};

/** Numbers by their digits. */
const numberWords: Readonly<Record<string, string>> = {
  '1': 'one|un[ae]?|eine?[mnrs]?',
  '2': 'two|zwei|deux|dos|اثن[اي]ن',
  '3': 'three|drei|trois|tres|ثلاث[هة]?',
  '4': 'four|vier|quatre|cuatro|اربع[هة]?',
  '5': 'five|funf|cinq|cinco|خمس[هة]?',
  '6': 'six|sechs|seis|ست[هة]?',
  '7': 'seven|sieben|sept|siete|سبع[هة]?',
  '8': 'eight|acht|huit|ocho|ثمان(?:ي[هة]?)?',
  '9': 'nine|neun|neuf|nueve|تسع[هة]?',
  '10': 'ten|zehn|dix|diez|عشر[هة]?',
  '11': 'eleven|elf|onze|once|احد عشر',
  '12': 'twelve|zwolf|douze|doce|اثن[اي] عشر',
};

/** Parts of one, and a couple: an article may stand before them and a preposition behind. */
const shareWords: Readonly<Record<string, string>> = {
  '2': 'couple',
  '1/2': 'half|halb(?:e[mnrs]?)?|demie?|medi[ao]|نصف?',
  '1/4': 'quarter|viertel|quart|cuarto|ربع',
  '3/4': 'dreiviertel',
  '1 1/2': 'anderthalb|eineinhalb',
};

/** Words that mean one only where a unit or a fraction follows: `a kilo`, `half a melon`. */
const article = `(?:an?|un[ae]?|eine?[mnrs]?)${wordEnd}`;
const preposition = '(?:of an?|of|an?|de)';
/** `two`, `ein halbes`, `half a`, `un quart de`. */
const spoken = `(?:(?:${article} )?(?:${anyOf(shareWords)})(?: ${preposition}(?= ))?|${anyOf(numberWords)})${wordEnd}`;
/** Shares that are as often part of a name (`half fat milk`): they count before a unit or beside an article. */
const shyShare = '(?:half|quarter|demie?|quart|viertel|dreiviertel|cuarto|couple) (?!an? )';
/** Between two numbers these leave open how much is meant, or make no plain number: `two and a half`. */
const between = 'to|or|and|bis|oder|und|ou|et|a|o|y|الى|او|و';
/** Units and kinds that name a thing with a number, and words for no amount in particular: `ein paar Äpfel`. */
const counted = [
  between,
  'v|volts?|w|watts?|cm|mm|m|inch|zoll|in|en|day|min|fach|lagig|ply|grain|korn|euros?|leches|musketeers',
  'paar|pair|paire|par|bisschen|few|wenig|peu|pocos?|(?<=(?:7|seven) )up|(?<=(?:5|five|cinq|cinco) )(?:spice|epices|especias)',
  '(?<=(?:4|four|vier|quatre|cuatro) )(?:cheese|kase|fromages|quesos|seasons|jahreszeiten|saisons|estaciones)',
].join('|');

const units = Object.fromEntries(
  Object.entries(unitWords).map(([unit, english]) => [unit, `${english}|${moreUnitWords[unit] ?? '[]'}`]),
);

/**
 * Understands English, German, French, Spanish and Arabic at once, because people mix them. A word that means one thing here and another
 * there is taken for what it means on a grocery list. Large, so it is loaded once somebody begins to type.
 */
export const everyLanguage = new AmountReader({
  units,
  fold,
  inDigits,
  number: `(?:${digits}|${spoken}|${article})`,
  count: `(?:${digits}|(?!${shyShare})${spoken}|a(?= dozen))`,
  counted,
  open: `(?<![\\d${letters}])(?:${digits}|${spoken}|${article})(?: ?[${letters}]+)?(?: ?[-–—] ?| (?:${between}) )(?:${digits}|${spoken})`,
  connector: "of |d(?:e (?:la |l['’])?|es |u )|d['’]|von |من ",
});

/** Letters without accents, digits and signs of numbers as in English. */
function fold(line: string): string {
  return line
    .replace(/[\u00c0-\u024f\u0622-\u0626]/gu, (letter) => letter.normalize('NFD').charAt(0))
    .replace(/[٠-٩۰-۹]/gu, (digit) => String(digit.charCodeAt(0) & 15))
    .replaceAll('٫', '.');
}

function inDigits(number: string): string {
  const word = number.replace(new RegExp(`^${article} (?=\\D)| ${preposition}$`, 'gu'), '');
  return nameIn(numberWords, word) ?? nameIn(shareWords, word) ?? (/^[a-z]/u.test(word) ? '1' : word);
}

function nameIn(table: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.keys(table).find((name) => new RegExp(`^(?:${table[name] ?? ''})$`, 'u').test(word));
}

function anyOf(table: Readonly<Record<string, string>>): string {
  return Object.values(table).join('|');
}
