import { foldText } from '../kernel/vn-text';
import { clausesOf } from './clauses';
import { itemsIn, type Item } from './items';
import type { LineReading } from './line';
import type { Role } from './lexicon-words';
import { COUNTED, fitsMeasure, Said } from './said';
import type { StandingFigure } from './correction';

/**
 * Figures told amid other words, «ông Bảy bảo số hộ là 15 cơ», «bỏ đi một buổi, còn 4 buổi»: each number by the unit that
 * stands beside it, or by the one figure that is named or stood so. Where strict reading finds nothing this finds what is
 * probably meant: every value is confirmed, but for a whole line in which each number has its own unit. Pure.
 */
export interface ToldOf extends StandingFigure {
  readonly measure: string;
}

interface Told {
  readonly figure: ToldOf;
  readonly value: number;
  /** `becomes`: «còn 4», «thành 120», «lên 18»; `by`: a difference, worked out already; `plain`: neither. */
  readonly as: 'becomes' | 'by' | 'plain';
}

/** What a clause says of numbers. */
interface Clause {
  readonly told: readonly Told[];
  /** Numbers that no unit stands beside. */
  readonly free: readonly number[];
  /** Figures that are named with no number of their own; `strong`: as «số lượt». */
  readonly named: readonly { readonly figure: ToldOf; readonly strong: boolean }[];
  /** A number of something that more than one figure may count. */
  readonly unclear: boolean;
}

type Phrase = Extract<Item, { type: 'phrase' }>;

const MANY = 3;
/** Between the name of a figure and its number. */
const LINKS: readonly Role[] = ['have', 'affirm', 'say', 'fix', 'still', 'sum', 'particle', 'toNow', 'month'];
const LINKING_WORDS =
  /^(?:len|xuong|con|dem|tinh|cong|nham|ha|rut|phai|dung|ra|the|lai|toi|ay|day|do|kia|nay)$/;
const BECOMES = /(?:^| )(?:con|thanh|len|xuong|la|phai|gio|giờ|chi co|chi|ra|moi dung|tong|ca thay|duoc)$/;
const FALLS = /^(?:bot|giam|tru|bo|rut|thua|bot di|bo di|tru di|giam di)/;
/** Counted people and times: they say whom or how often, not how many in all. */
const OTHERS = /^(?:cu|ba|ong|dua|me|lan|hom|ngay|gio|tuan|thang|phut|ban|vo)$/;

/** «Mỗi buổi 20 lượt»: how many each time. */
const EACH = /(?:^| )(?:moi|tung) (?:buoi|lop|hom|toi|lan|ho|nha|nguoi)(?: |$)/;
const ADDRESSED = /^(?:bac|toi|em|chu|chau|minh|voi|cai|co|ong|ba|anh|chi|con)$/;

/** What is told of the figures; null: nothing, or more than one thing could be meant. */
export function readTold(text: string, figures: readonly ToldOf[], open?: string): LineReading[] | null {
  if (/\?\s*$/.test(text) || EACH.test(foldText(text))) return null;
  const spoken = clausesOf(text);
  // «5 buổi là kế hoạch, dạy thật có 3»: what was planned is no figure.
  const held = spoken.filter((clause) => !new Said(itemsIn(clause)).has('plan', 'bound', 'percent'));
  const clauses = held.map((clause) => readClause(itemsIn(clause), figures, open));
  if (clauses.some(({ unclear }) => unclear)) return null;
  const told = clauses.flatMap((clause) => clause.told);
  const free = clauses.flatMap((clause) => clause.free);
  const named = ofNamed(clauses, told, free);
  const all = [...told, ...named];
  const last = all.length > 0 ? all : insteadOf(free, figures);
  // A number that nobody can place may be of any of them.
  const placed = [...named, ...last].map(({ value }) => value);
  if (free.some((value) => !placed.includes(value) && !figures.some(({ now }) => now === value))) return null;
  const ids = [...new Set(last.map(({ figure }) => figure.id))];
  const found = ids.map((id) => one(last.filter(({ figure }) => figure.id === id)));
  if (found.length === 0 || found.includes(null)) return null;
  const whole = ids.length >= MANY && free.length === 0 && held.length === spoken.length;
  return found.flatMap((it) =>
    it === null
      ? []
      : [
          {
            figure: it.figure.id,
            reading: whole
              ? ({ kind: 'value', value: it.value } as const)
              : ({ kind: 'confirm', value: it.value, why: 'correction' } as const),
          },
        ],
  );
}

/** The number that is meant for one figure, of those told of it; null: nobody knows which, or nothing changes. */
function one(told: readonly Told[]): Told | null {
  const values = (list: readonly Told[]): number[] => [...new Set(list.map(({ value }) => value))];
  const now = told[0]?.figure.now ?? null;
  const news = told.filter(({ value }) => value !== now);
  for (const list of [news.filter(({ as }) => as === 'becomes'), news])
    if (values(list).length === 1) return list[0] ?? null;
  return null;
}

/** One number without a unit is of the one figure that is named. */
function ofNamed(clauses: readonly Clause[], told: readonly Told[], free: readonly number[]): Told[] {
  const named = clauses.flatMap((clause) => clause.named);
  const strong = named.filter((name) => name.strong);
  const [first, ...others] = new Set((strong.length > 0 ? strong : named).map(({ figure }) => figure));
  if (!first || others.length > 0 || told.some(({ figure }) => figure === first)) return [];
  const numbers = [...new Set(free)].filter((value) => value !== first.now);
  const [value] = numbers;
  return value === undefined || numbers.length > 1 ? [] : [{ figure: first, value, as: 'plain' }];
}

/** «121 là cộng thiếu đấy, giờ 127»: the one that stood so, and what it is now. */
function insteadOf(free: readonly number[], figures: readonly ToldOf[]): Told[] {
  const [first, second, ...more] = [...new Set(free)];
  if (first === undefined || second === undefined || more.length > 0) return [];
  const stood = figures.filter(({ now }) => now === first || now === second);
  const [figure] = stood;
  if (!figure || stood.length > 1) return [];
  return [{ figure, value: figure.now === first ? second : first, as: 'becomes' }];
}

function readClause(given: readonly Item[], figures: readonly ToldOf[], open: string | undefined): Clause {
  const items = withHouseholds(given);
  const figureOf = (item: Item | undefined): ToldOf | null =>
    item?.type === 'phrase' && isUnit(item) ? counted(item.role, items, figures, open) : null;
  const told: Told[] = [];
  const free: number[] = [];
  const owned = new Set<Item>();
  let unclear = false;
  items.forEach((item, at) => {
    if (item.type !== 'number' || isAside(items, at)) return;
    const { value } = item.number;
    const behind = figureOf(items[at + 1]);
    const next = items[at + 1];
    if (behind === null && next?.type === 'phrase' && isUnit(next)) unclear = true;
    const before = behind ? null : nameBefore(items, at, owned);
    const figure = behind ?? (before ? figureOf(before) : null);
    const unit = behind ? items[at + 1] : before;
    if (unit) owned.add(unit);
    if (figure) told.push(toldOf(items, at, figure, value));
    else free.push(value);
  });
  const named = items.flatMap((item, at) => {
    const figure = owned.has(item) ? null : figureOf(item);
    const before = items[at - 1];
    const strong =
      item.type === 'phrase' &&
      (item.fold.startsWith('so ') || (before?.type === 'phrase' && before.fold === 'so'));
    return figure ? [{ figure, strong }] : [];
  });
  return { told, free, named, unclear };
}

/** «Số hộ là 15» speaks of households, «ghi hộ chú 420» is a courtesy. */
function withHouseholds(items: readonly Item[]): Item[] {
  return items.flatMap((item, at): Item[] => {
    if (item.type !== 'phrase' || item.fold !== 'ho') return [item];
    const after = items[at + 1];
    const courtesy = after !== undefined && 'fold' in after && ADDRESSED.test(after.fold);
    return courtesy ? [] : [{ ...item, role: 'household' }];
  });
}

function isUnit({ role }: Phrase): boolean {
  return COUNTED.includes(role) && role !== 'held' && role !== 'helped';
}

/** The one figure that is counted so; «người» is the open figure's own where it can be. Null: none, or several. */
function counted(
  role: Role,
  items: readonly Item[],
  figures: readonly ToldOf[],
  open: string | undefined,
): ToldOf | null {
  const fits = figures.filter(({ measure }) => fitsMeasure([role], measure));
  const own = fits.find(({ id }) => id === open);
  if (own) return own;
  const skilled = items.some((item) => item.type === 'phrase' && ['adult', 'skilled'].includes(item.role));
  const meant =
    role === 'person' ? fits.filter(({ measure }) => measure === (skilled ? 'person' : '')) : fits;
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** A number of people, times or days beside the one that is told, or of nothing certain, «mấy bà»; or the place of a question. */
function isAside(items: readonly Item[], at: number): boolean {
  const [before, after] = [items[at - 1], items[at + 1]];
  if (before?.type === 'phrase' && before.role === 'vague') return true;
  if (before?.type === 'phrase' && /^(?:cau|muc|y|dong)$/.test(before.fold)) return true;
  const item = items[at];
  if (item?.type === 'number' && item.number.how !== 'sure') return true;
  return (
    after !== undefined &&
    (after.type === 'unknown' || after.type === 'phrase') &&
    !(after.type === 'phrase' && isUnit(after)) &&
    OTHERS.test(after.fold)
  );
}

/** The name of a figure before the number, with nothing between but what leads on to it. */
function nameBefore(items: readonly Item[], at: number, owned: ReadonlySet<Item>): Phrase | null {
  for (let i = at - 1; i >= 0; i -= 1) {
    const item = items[i] as Item;
    if (owned.has(item)) return null;
    if (item.type === 'phrase' && isUnit(item)) return item;
    const leads =
      (item.type === 'phrase' && LINKS.includes(item.role)) ||
      (item.type === 'phrase' && ['more', 'less', 'held', 'helped'].includes(item.role)) ||
      (item.type === 'unknown' && LINKING_WORDS.test(item.fold)) ||
      (item.type === 'mark' && /^[:=]$/.test(item.mark));
    if (!leads) return null;
  }
  return null;
}

function toldOf(items: readonly Item[], at: number, figure: ToldOf, value: number): Told {
  const before = items.slice(Math.max(0, at - MANY - 1), at);
  const words = before.map((item) => ('fold' in item ? item.fold : '')).join(' ');
  const near = before.at(-1);
  const becomes = near !== undefined && 'fold' in near && BECOMES.test(` ${near.fold}`);
  const change = before.find(
    (item): item is Phrase => item.type === 'phrase' && (item.role === 'more' || item.role === 'less'),
  );
  const now = figure.now;
  const falls = change !== undefined && FALLS.test(change.fold);
  // «Lên 18» of 14 is eighteen, «lên 2» two more.
  const small = now !== null && value < now / 2;
  if (change && now !== null && (!becomes || (small && /(?:len|xuong)$/.test(words))))
    return { figure, value: Math.max(0, now + (falls ? -value : value)), as: 'by' };
  return { figure, value, as: becomes ? 'becomes' : 'plain' };
}
