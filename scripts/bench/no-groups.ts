import { differenceOf } from '../../src/groups/difference';
import { noGroup } from '../../src/groups/group';
import type { GroupsView } from '../../src/groups/groups.view';

/** Groups as a reader sees them where there are none: for measurements and small worlds of talk. */
export const NO_GROUPS: Pick<GroupsView, 'off' | 'of' | 'inChargeOf' | 'places' | 'names'> = {
  off: 'no_channel',
  of: async (commune, at) => {
    const group = noGroup(commune);
    const facts = { group, seats: [], admins: [], heldOne: () => false, cannotBeInvited: () => false, at };
    return { off: 'no_channel', group, seats: [], difference: differenceOf(facts), lasts: true };
  },
  inChargeOf: () => [],
  places: async () => null,
  names: () => ({ of: () => '', member: () => '' }),
};
