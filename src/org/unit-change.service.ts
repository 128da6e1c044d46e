import type { UserKey } from '../kernel/ids';
import { seal, unseal } from '../kernel/seal';
import type { OrgDirectory } from './directory';
import { planUnits } from './import/import-units';
import type { OfficeDoc } from './org.model';
import { toRecord, type OrgRepo } from './org.repo';
import type { OrgService } from './org.service';
import { holdsAbove } from './rights';
import { rolesThat } from './roles';
import { sheetOf, type UnitChange } from './unit-change';
import { UnitTree } from './units';

export interface UnitChangesDeps {
  readonly repo: Pick<OrgRepo, 'units' | 'writeUnits' | 'bump' | 'office' | 'addOffices'>;
  readonly org: Pick<OrgService, 'mayDo'>;
  readonly directory: Pick<OrgDirectory, 'refresh'>;
  readonly key: Buffer;
}

export type UnitChanges = ReturnType<typeof createUnitChanges>;

/** Carries out what was said of villages in chat. The right is asked of the store, the plan is that of a sheet; done again it changes nothing. */
export function createUnitChanges({ repo, org, directory, key }: UnitChangesDeps) {
  /** The post of the new village's head for somebody who led one of the old ones; they take it without a code. */
  async function give(headOf: string, change: UnitChange): Promise<void> {
    const [unit] = change.into;
    const old = await repo.office(headOf);
    if (!old || unit === undefined) return;
    const id = `${unit}:village_head:1`;
    const number = old.phone === null ? null : unseal(key, old._id, old.phone);
    const doc: OfficeDoc = {
      ...{
        _id: id,
        unit,
        role: 'village_head',
        fullName: old.fullName,
        address: old.address,
        title: old.title,
      },
      ...{ user: null, claimedAt: null, claimEffect: null, consent: null },
      ...{ phone: number === null ? null : seal(key, id, number), phoneHash: old.phoneHash },
      ...{ demo: false, former: [], invited: old.user },
    };
    await repo.addOffices([doc]);
    await repo.bump('offices');
  }

  return {
    /** `id`: the effect, kept with what it changed. `head`: the post whose holder leads the new village; null: nobody was named. */
    async apply(what: {
      readonly id: string;
      readonly change: UnitChange;
      readonly head: string | null;
      readonly by: UserKey;
      readonly at: Date;
    }): Promise<boolean> {
      const { id, change, head, by, at } = what;
      const may = await org.mayDo(by, (posts, tree) =>
        holdsAbove(posts, tree, change.commune, rolesThat('changes_units'), at),
      );
      if (!may) return false;
      const known = (await repo.units()).map((doc) => ({ record: toRecord(doc), rev: doc.rev }));
      const tree = new UnitTree(known.map(({ record }) => record));
      const plan = planUnits(sheetOf(tree, change), known);
      if (plan.refused.length > 0) return false;
      if (plan.writes.length > 0) {
        await repo.writeUnits(plan.writes, { id, at, by });
        await repo.bump('units');
      }
      if (head !== null) await give(head, change);
      await directory.refresh();
      return true;
    },
  };
}
