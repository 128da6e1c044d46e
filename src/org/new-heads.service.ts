import type { UserKey } from '../kernel/ids';
import { seal, unseal } from '../kernel/seal';
import { vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import type { OrgDirectory } from './directory';
import type { HandOverRepo } from './hand-over.repo';
import type { OfficeDoc } from './org.model';
import type { OrgRepo } from './org.repo';
import { phoneHash, type OrgService } from './org.service';
import { holdsAbove } from './rights';
import { rolesThat } from './roles';

/** Who leads a village that nobody leads yet, as its commune says: a new one after a split or a merger, also before its first day. */
export interface NamedHead {
  readonly unit: string;
  readonly fullName: string;
  readonly address: string;
  /** `84…`; null when none was given. */
  readonly phone: string | null;
  /** The post of somebody known, whose number and account go with them; null: somebody new. */
  readonly from: string | null;
  readonly by: UserKey;
  readonly at: Date;
}

export interface NewHeadsDeps {
  readonly repo: Pick<HandOverRepo, 'nameHead'>;
  readonly orgRepo: Pick<OrgRepo, 'bump' | 'office' | 'officesByPhone' | 'addOffices'>;
  readonly org: Pick<OrgService, 'mayDo'>;
  readonly directory: OrgDirectory;
  readonly key: Buffer;
}

export type NewHeads = ReturnType<typeof createNewHeads>;

/** Done again it changes nothing; the right is asked of the store at the moment of the act. */
export function createNewHeads({ repo, orgRepo, org, directory, key }: NewHeadsDeps) {
  return {
    /** `false`: it is not theirs to say, or somebody holds the post. */
    async name({ unit, fullName, address, phone, from, by, at }: NamedHead): Promise<boolean> {
      const may = await org.mayDo(by, (posts, tree) => {
        const first = tree.spansOf(unit)[0]?.validFrom ?? '';
        const when = first > vnDay(at) ? instantOf(first, 0) : at;
        return holdsAbove(posts, tree, unit, rolesThat('agrees_to_posts'), when);
      });
      if (!may) return false;
      const known = from === null ? null : await orgRepo.office(from);
      const number = phone ?? (known?.phone ? unseal(key, known._id, known.phone) : null);
      const hash = number === null ? null : phoneHash(key, number);
      const others = hash === null ? [] : await orgRepo.officesByPhone(hash);
      const invited = known?.user ?? others.find(({ user }) => user !== null)?.user ?? null;
      const post = directory.officesIn(unit).find(({ role }) => role === 'village_head');
      const id = post?.id ?? `${unit}:village_head:1`;
      const doc: OfficeDoc = {
        ...{ _id: id, unit, role: 'village_head', fullName, address, title: null, demo: false, former: [] },
        ...{ user: null, claimedAt: null, claimEffect: null, consent: null },
        ...{ phone: number === null ? null : seal(key, id, number), phoneHash: hash, invited },
      };
      await orgRepo.addOffices([doc]);
      const named = (await repo.nameHead(doc)) ?? (await orgRepo.office(id));
      // Taken meanwhile by the one who was named: it is done.
      if (!named || (named.user !== null && (named.user !== invited || named.fullName !== fullName)))
        return false;
      directory.put(named, await orgRepo.bump('offices'));
      return true;
    },
  };
}
