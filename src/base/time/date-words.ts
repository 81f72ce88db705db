/** The words that `date` prints: month names by their first letters, and time zone abbreviations. */

const MONTH_WORDS: readonly string[] = [
  'jan ene gen oca sty led янв січ tam',
  'feb fev fep sub lut uno фев лют hel',
  'mar mrt mrz maa bre мар бер',
  'apr abr avr nis kwi dub апр кві huh',
  'may mai mei mag maj kve мая маи май тра tou',
  'jun juin giu haz cze cer июн чер kes',
  'jul juil lug tem lip июл лип hei',
  'aug ago aou agu sie srp авг сер elo',
  'sep set eyl wrz zar сен вер syy',
  'oct okt out ott eki paz rij октя окт жов lok',
  'nov kas lis ноя лис',
  'dec dez dic des ara gru pro дек гру jou',
];

const MONTHS = new Map(
  MONTH_WORDS.flatMap((words, index) => words.split(' ').map((word) => [word, index + 1])),
);

/** The month (1..12) that a word names in any of the common locales, or null. */
export function monthOf(word: string): number | null {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (plain.length < 3) return null;
  return MONTHS.get(plain.slice(0, 4)) ?? MONTHS.get(plain.slice(0, 3)) ?? null;
}

/** Minutes east of UTC of abbreviations that mean one thing (tz database). */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  UCT: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  MET: 60,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  TRT: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  NST: -210,
  NDT: -150,
  ADT: -180,
  BRT: -180,
  JST: 540,
  KST: 540,
  SGT: 480,
  HKT: 480,
  PKT: 300,
  WIB: 420,
  WITA: 480,
  WIT: 540,
  AEST: 600,
  AEDT: 660,
  ACST: 570,
  ACDT: 630,
  AWST: 480,
  NZST: 720,
  NZDT: 780,
  SAST: 120,
  WAT: 60,
  CAT: 120,
  EAT: 180,
  IDT: 180,
};

/** Abbreviations that several countries use, as the most likely one of them. */
const AMBIGUOUS: Readonly<Record<string, number>> = { CST: -360, IST: 330, BST: 60, AST: -240 };

/** How an abbreviation was understood: minutes east of UTC, and whether that is sure. */
export function zoneOf(abbreviation: string): { minutes: number; sure: boolean } | null {
  if (Object.hasOwn(ZONES, abbreviation)) return { minutes: ZONES[abbreviation]!, sure: true };
  if (Object.hasOwn(AMBIGUOUS, abbreviation)) return { minutes: AMBIGUOUS[abbreviation]!, sure: false };
  return null;
}
