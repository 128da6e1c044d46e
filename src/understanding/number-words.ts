import type { Token } from './tokens';
import { type Atom, atomOf } from './number-atoms';

/**
 * Numbers in words, alone or mixed with digits: «một trăm linh năm», «trăm hai», «hăm lăm», «2 chục», «1 nghìn 2»,
 * «nghìn rưỡi». What is said in full is `sure`; what people shorten in more than one sense is only `spoken`.
 */
export interface WordNumber {
  readonly value: number;
  readonly how: 'sure' | 'spoken' | 'comma' | 'spaced' | 'approximate';
}

export interface NumberRun {
  /** How many tokens the run covers. */
  readonly length: number;
  /** null: number words, but not one number («ba bốn»). */
  readonly number: WordNumber | null;
  /** The digits seen when it is not one number. */
  readonly seen: readonly number[];
  readonly decimal: boolean;
}

/** The number words and digits that begin at `from`; null when none begins there. */
export function numberRun(list: readonly Token[], from: number): NumberRun | null {
  const atoms: Atom[] = [];
  for (let i = from; i < list.length; i += 1) {
    const token = list[i];
    const atom = token ? atomOf(token) : null;
    const zero = token && /^(?:không|khong)$/.test(token.raw) && atoms.at(-1)?.kind === 'thousand';
    if (!atom && !zero) break;
    const next: Atom = atom ?? { kind: 'zero' };
    const before = atoms.at(-1);
    const literal = next.kind === 'whole' || next.kind === 'decimal';
    if (before && (literal || isLiteral(before)) && isFigure(before) && isFigure(next)) break;
    // «121 mười bốn» is two numbers: only a digit can stand before a ten.
    if (before?.kind === 'whole' && before.value >= 10 && next.kind === 'ten') break;
    atoms.push(next);
  }
  const first = atoms[0];
  if (!first || first.kind === 'odd' || first.kind === 'half' || first.kind === 'zero') return null;
  // «tư buổi», «lăm mươi»: said short of its ten; without marks it is another word.
  if (first.kind === 'digit' && first.tail && (first.bare || first.value === 1)) return null;
  if (first.kind === 'score' && atoms[1]?.kind !== 'digit') return null;
  if (atoms.at(-1)?.kind === 'zero') atoms.pop();
  // «mươi người» is about ten.
  const about = atoms.length === 1 && list[from]?.raw === 'mươi';
  const number: WordNumber | null = about ? { value: 10, how: 'approximate' } : read(atoms);
  const seen = atoms.flatMap((atom) => ('value' in atom ? [atom.value] : []));
  const decimal =
    atoms.some((atom) => atom.kind === 'decimal') ||
    (atoms.length === 2 && isLiteral(first) && atoms[1]?.kind === 'half');
  return { length: atoms.length, number, seen, decimal };
}

function isLiteral(atom: Atom): boolean {
  return atom.kind === 'whole' || atom.kind === 'decimal';
}

function isFigure(atom: Atom): boolean {
  return isLiteral(atom) || atom.kind === 'digit';
}

function read(atoms: readonly Atom[]): WordNumber | null {
  const [first] = atoms;
  if (atoms.length === 1 && first) {
    if (first.kind === 'whole') return { value: first.value, how: wholeHow(first.how) };
    if (first.kind === 'digit')
      return { value: first.value, how: first.loose || first.tail ? 'spoken' : 'sure' };
    if (first.kind === 'ten') return { value: 10, how: 'sure' };
    if (first.kind === 'tens') return { value: 10, how: 'approximate' };
    if (first.kind === 'hundred') return { value: 100, how: 'approximate' };
    if (first.kind === 'thousand') return { value: 1000, how: 'approximate' };
    return null;
  }
  if (atoms.length === 2 && first?.kind === 'tens' && atoms[1]?.kind === 'half')
    return { value: 15, how: 'spoken' };
  const at = atoms.findIndex((atom) => atom.kind === 'thousand');
  const found = at < 0 ? below1000(atoms) : thousands(atoms.slice(0, at), atoms.slice(at + 1));
  return found && found.value >= 0 && Number.isSafeInteger(found.value) ? found : null;
}

function wholeHow(how: 'plain' | 'comma' | 'spaced' | 'thousand'): WordNumber['how'] {
  return how === 'comma' || how === 'spaced' ? how : 'sure';
}

function thousands(left: readonly Atom[], right: readonly Atom[]): WordNumber | null {
  const count = left.length === 0 ? { value: 1, how: 'sure' as const } : countBefore(left);
  if (!count || count.value <= 0) return null;
  const base = Math.round(count.value * 1000);
  const [first, second] = right;
  if (!first) return { value: base, how: count.how };
  if (!Number.isInteger(count.value)) return null;
  if (right.length === 1 && first.kind === 'half') return { value: base + 500, how: count.how };
  if (right.length === 1 && first.kind === 'digit') return { value: base + first.value * 100, how: 'spoken' };
  if (right.length === 1 && first.kind === 'whole' && first.how === 'plain') {
    if (first.value >= 100 && first.value < 1000) return { value: base + first.value, how: count.how };
    return first.value > 0 && first.value < 10 ? { value: base + first.value * 100, how: 'spoken' } : null;
  }
  if (first.kind === 'zero' && second?.kind === 'hundred') {
    const rest = right[2]?.kind === 'odd' ? right.slice(3) : right.slice(2);
    const tail = rest.length ? below100(rest) : null;
    return tail && { value: base + tail.value, how: tail.how };
  }
  if (first.kind === 'odd') {
    const tail = below100(right.slice(1));
    return tail && { value: base + tail.value, how: tail.how };
  }
  const tail = below1000(right);
  return tail && { value: base + tail.value, how: weaker(count.how, tail.how) };
}

function countBefore(atoms: readonly Atom[]): WordNumber | null {
  const [only] = atoms;
  if (atoms.length > 1 || !only) return below1000(atoms);
  if (only.kind === 'decimal') return { value: only.value, how: 'sure' };
  if (only.kind === 'whole')
    return only.how === 'plain' && only.value < 1000 ? { value: only.value, how: 'sure' } : null;
  return only.kind === 'digit' ? { value: only.value, how: 'sure' } : below1000(atoms);
}

function below1000(atoms: readonly Atom[]): WordNumber | null {
  const at = atoms.findIndex((atom) => atom.kind === 'hundred');
  if (at < 0) return below100(atoms);
  const [left] = atoms;
  if (at > 1 || (at === 1 && !isFigure(left as Atom))) return null;
  const count = at === 0 ? 1 : left?.kind === 'digit' || left?.kind === 'whole' ? left.value : NaN;
  if (!(count >= 1 && count <= 9)) return null;
  const base = count * 100;
  const right = atoms.slice(at + 1);
  const [first] = right;
  if (!first) return { value: base, how: at === 0 ? 'approximate' : 'sure' };
  if (right.length === 1 && first.kind === 'half') return { value: base + 50, how: 'sure' };
  if (first.kind === 'odd') {
    const [tail] = right.slice(1);
    return right.length === 2 && tail?.kind === 'digit' ? { value: base + tail.value, how: 'sure' } : null;
  }
  if (right.length === 1 && first.kind === 'digit')
    return { value: base + first.value * 10, how: first.value === 5 || first.loose ? 'spoken' : 'sure' };
  if (right.length === 1 && first.kind === 'whole') {
    if (first.value >= 10 && first.value < 100) return { value: base + first.value, how: 'sure' };
    return first.value > 0 && first.value < 10 ? { value: base + first.value * 10, how: 'spoken' } : null;
  }
  const tail = below100(right);
  return tail && { value: base + tail.value, how: tail.how };
}

function below100(atoms: readonly Atom[]): WordNumber | null {
  const [a, b, c] = atoms;
  if (!a || atoms.length > 3) return null;
  if (a.kind === 'score') return b?.kind === 'digit' && !c ? { value: a.value + b.value, how: 'sure' } : null;
  if (a.kind === 'ten') {
    if (!b) return { value: 10, how: 'sure' };
    return b.kind === 'digit' && !c ? { value: 10 + b.value, how: fiveIsDoubtful(b) } : null;
  }
  if (a.kind !== 'digit' && !(a.kind === 'whole' && a.value >= 1 && a.value <= 99)) return null;
  const short = a.kind === 'digit' && a.tail;
  if (!b) return { value: a.value, how: short ? 'spoken' : 'sure' };
  if (b.kind === 'tens') {
    if (!c) return { value: a.value * 10, how: 'sure' };
    return c.kind === 'half' ? { value: a.value * 10 + 5, how: 'spoken' } : null;
  }
  if (b.kind === 'ten') {
    if (a.value === 1 || a.value > 9) return null;
    if (!c) return { value: a.value * 10, how: short ? 'spoken' : 'sure' };
    if (c.kind === 'whole')
      return c.value > 0 && c.value < 10 ? { value: a.value * 10 + c.value, how: 'spoken' } : null;
    return c.kind === 'digit'
      ? { value: a.value * 10 + c.value, how: short ? 'spoken' : fiveIsDoubtful(c) }
      : null;
  }
  if (a.kind !== 'digit' || b.kind !== 'digit' || c || a.value === 1) return null;
  // «bốn lăm», «hai mốt»: those words are heard behind a ten only; without marks «hai mot» is heard so too.
  if (b.tail)
    return { value: a.value * 10 + b.value, how: b.bare || b.value === 4 || short ? 'spoken' : 'sure' };
  // Two digits that go down are no choice between neighbours; «năm ba» means a few.
  if (b.value < a.value && b.value > 1 && !a.loose && !b.loose && !(a.value === 5 && b.value === 3))
    return { value: a.value * 10 + b.value, how: a.bare || b.bare ? 'spoken' : 'sure' };
  // «chín tám» is 98 as it is spoken; «ba bốn» is three or four.
  if (b.value !== 1 && b.value !== a.value + 1 && !a.tail)
    return { value: a.value * 10 + b.value, how: 'spoken' };
  return b.value === 1 && b.bare && a.value > 1
    ? { value: a.value * 10 + 1, how: a.loose ? 'spoken' : 'sure' }
    : null;
}

/** «mười năm» may be fifteen or ten years. */
function fiveIsDoubtful(atom: {
  readonly value: number;
  readonly tail: boolean;
  readonly bare: boolean;
}): WordNumber['how'] {
  return atom.value === 5 && !atom.tail ? 'spoken' : 'sure';
}

function weaker(a: WordNumber['how'], b: WordNumber['how']): WordNumber['how'] {
  return a === 'sure' ? b : a;
}
