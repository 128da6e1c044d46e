import { inVietnam, MINUTE, vnInstant } from '../../src/kernel/vn-time';
import type { Role } from '../../src/org/roles';
import type { Random } from '../support/random';
import type { Standing } from './people';
import { villages } from './scale';

/** What the people of a month will do, out of chance alone: the rehearsal plays it and the checks know it. */

export const VILLAGES = villages(2_850);
export const PERIOD = '2026-03';
/** Times of day at which things happen; reminders and steps fall due in between. */
const TIMES = ['06:40', '08:40', '09:30', '10:45', '14:00', '15:30', '16:45', '19:10', '20:40', '21:50'];
/** When everything has been said and only time passes. */
const LATER_TIMES = ['08:40', '15:30', '20:40'];
const DAYS = { from: 9, to: 34 };

/** An instant of March 2026, or with days past 31 of April: `at('17', '19:10')`. */
export function at(day: number, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(vnInstant(2026, 3, 1, hour, minute).getTime() + (day - 1) * 24 * 60 * MINUTE);
}

export const SLOTS: readonly Date[] = Array.from({ length: DAYS.to - DAYS.from + 1 }, (_, n) => DAYS.from + n)
  .flatMap((day) => (day <= 26 ? TIMES : LATER_TIMES).map((time) => at(day, time)))
  .filter((slot) => slot > at(9, '08:00'));

/** The first slot at or after the instant. */
export function slotAt(instant: Date): Date {
  return SLOTS.find((slot) => slot >= instant) ?? (SLOTS.at(-1) as Date);
}

/** Of the leaders 15 % cannot be reached: a third never took the post, the others Zalo refuses, or they left the account. */
export function standing(random: Random, role: Role): Standing {
  if (role !== 'village_head') return { kind: 'wrote', hoursAgo: random.between(1, 12 * 24) };
  const chance = random.next();
  if (chance < 0.05) return { kind: 'unclaimed', phone: null };
  if (chance < 0.12) return { kind: 'refuses', code: -244 };
  if (chance < 0.15) return { kind: 'refuses', code: -227 };
  // Of the rest most have a closed window: they are reached by template.
  return { kind: 'wrote', hoursAgo: random.pick([3, 30, 60, 120, 200, 400, 600, 700]) };
}

export interface VillagePlan {
  readonly unit: string;
  /** When its leader says all they say; null: never. */
  readonly says: Date | null;
  readonly figures: readonly [number, number, number, number];
  /** Gives three of four figures at first, and the rest at `says`. */
  readonly drafts: Date | null;
  readonly snoozes: boolean;
  /** Another leader by a sheet, or by a hand-over in chat whose new holder never comes. */
  readonly replaced: 'sheet' | 'chat' | null;
  /** Its commune enters for it. */
  readonly entered: boolean;
  /** What it answers to each order, and when. */
  readonly answers: readonly { readonly order: 145 | 151; readonly word: string; readonly at: Date }[];
}

const EARLY = [10, 11, 12, 13, 14];
const LATER = [15, 16, 17];
const HOURS = ['09:30', '10:45', '14:00', '15:30', '16:45'];
const EVENINGS = ['19:10', '20:40', '21:50'];

export function planVillage(unit: string, known: Standing, random: Random): VillagePlan {
  const figures = [
    random.between(200, 900),
    random.between(1, 10),
    random.between(12, 180),
    random.between(0, 25),
  ] as const;
  const silent = known.kind !== 'wrote';
  const says = silent ? null : saysAt(random);
  const late = says !== null && says > at(14, '23:00');
  const replaced = silent || (says !== null && says < at(13, '20:00')) ? null : replacing(random);
  return {
    ...{ unit, figures, says: replaced === 'chat' ? null : says, replaced },
    drafts: late && replaced === null && random.chance(0.06) ? at(13, random.pick(EVENINGS)) : null,
    snoozes: late && replaced === null && random.chance(0.09),
    entered: says === null && random.chance(0.3),
    answers: silent || replaced === 'chat' ? [] : [...answersTo(145, random), ...answersTo(151, random)],
  };
}

function saysAt(random: Random): Date | null {
  const chance = random.next();
  const time = random.pick([...HOURS, ...EVENINGS]);
  if (chance < 0.5) return at(random.pick(EARLY), time);
  if (chance < 0.75) {
    const day = random.pick(LATER);
    return at(day, day === 17 ? random.pick(HOURS) : time);
  }
  if (chance < 0.87) return random.chance(0.5) ? at(17, random.pick(EVENINGS)) : at(18, random.pick(HOURS));
  return null;
}

/** So that 5 % of all are: half of them cannot be, since they are silent or have sent by then. */
function replacing(random: Random): VillagePlan['replaced'] {
  if (!random.chance(0.105)) return null;
  return random.chance(0.1) ? 'chat' : 'sheet';
}

function answersTo(order: 145 | 151, random: Random): VillagePlan['answers'] {
  const from = order === 145 ? 16 : 19;
  const when = (later: number): Date => at(from + later, random.pick([...HOURS, ...EVENINGS].slice(2)));
  const chance = random.next();
  const answer = (word: string, later: number) => ({ order, word, at: when(later) });
  if (chance < 0.1)
    return [answer(`đã nhận ${order}`, random.between(0, 2)), answer(`xong ${order}`, random.between(3, 5))];
  if (chance < 0.2) return [answer(`đã nhận ${order}`, random.between(0, 2))];
  if (chance < 0.5) return [answer(`xong ${order}`, random.between(0, 5))];
  if (chance < 0.53) return [answer(`vướng ${order}: thiếu máy chiếu`, random.between(1, 3))];
  if (chance < 0.55) return [answer(`không thuộc tôi ${order}`, random.between(1, 3))];
  return [];
}

/** The month of a commune, as its officer types it. */
export const COMMUNE_LINES = [
  'báo cáo xã',
  '29',
  '210',
  'chưa',
  '45 trên 52 đến 14/3',
  '3.100 trên 8.400',
  'hôm nay',
  'chưa có',
  'không',
  'không',
  'gửi',
];

/** When a commune sends its own; null: never. */
export function communeSays(random: Random): Date | null {
  const chance = random.next();
  if (chance < 0.75) return at(random.pick([18, 19]), random.pick(['09:30', '10:45', '14:00', '15:30']));
  return chance < 0.87 ? at(20, random.pick(HOURS)) : null;
}

export function dayOf(instant: Date): string {
  return inVietnam(instant).toFormat('yyyy-MM-dd');
}
