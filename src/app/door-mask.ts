import { maskSecrets, namesPassword, type DoorMask } from '../kernel/secrets';
import type { UserKey } from '../kernel/ids';
import { MINUTE } from '../kernel/vn-time';
import type { Office } from '../org/office';
import type { Role } from '../org/roles';

export interface DoorMaskDeps {
  /** Keyed hash of a claim code. */
  readonly hashCode: (digits: string) => string;
  readonly officesOf: (user: UserKey, at: Date) => readonly Pick<Office, 'role'>[];
  readonly now: () => Date;
}

/** A password said in a message of its own comes at once. */
const AWAITED_MS = 2 * MINUTE;
const KEPT = 10_000;
/** What a button of ours says, such as `#LOPDK_LABCDEF` or `#HELP-TREE|NEW-PHONE/START|7|O1` (`conversation/say.ts`). */
const TAP = /^#[A-Z]{2,}(?:_[A-Z0-9_-]+)?$|^#[A-Z][A-Z-]*\|[^|]*\|\d{1,9}\|[A-Z0-9_]+$/;
/** Their forms have figures of six digits. */
const BIG_FIGURES: ReadonlySet<Role> = new Set([
  'commune_officer',
  'commune_chair',
  'agency_officer',
  'department',
  'police',
  'province',
]);

/**
 * Covers secrets where texts come in, before the first write. Looks only at what is in memory: which posts the sender
 * holds, and whether their last message named a password without saying it.
 */
export function createDoorMask(deps: DoorMaskDeps): DoorMask {
  const awaited = new Map<UserKey, number>();
  const bigFigures = (text: string, sender: UserKey, at: Date): boolean =>
    /\d{6}/.test(text) && deps.officesOf(sender, at).some(({ role }) => BIG_FIGURES.has(role));
  return (text, sender, where) => {
    if (sender === undefined || sender === null) return maskSecrets(text, deps.hashCode);
    const at = deps.now();
    if (where === 'beside')
      return maskSecrets(text, deps.hashCode, { bigFigures: bigFigures(text, sender, at) });
    const since = awaited.get(sender);
    awaited.delete(sender);
    const masked = maskSecrets(text, deps.hashCode, {
      bigFigures: bigFigures(text, sender, at),
      awaitsPassword: since !== undefined && at.getTime() - since <= AWAITED_MS && !TAP.test(text),
    });
    if (masked.secrets.length === 0 && namesPassword(text)) {
      if (awaited.size >= KEPT) awaited.clear();
      awaited.set(sender, at.getTime());
    }
    return masked;
  };
}
