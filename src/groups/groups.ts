import { AssetWatch } from './asset-watch';
import { Boards } from './boards';
import type { GroupsDeps } from './deps';
import { GroupTimers } from './group-timers';
import { GroupsService } from './groups.service';
import { GroupsView } from './groups.view';
import { Orders } from './orders';
import { Proposals } from './proposals';
import { Reading } from './reading';

export type Groups = ReturnType<typeof createGroups>;

/**
 * The official group of each commune, as a mirror of who holds which post: the difference is shown, an officer agrees, and
 * only then is anybody invited, let in or taken out. One status board a day; nothing that is said in a group is kept.
 */
export function createGroups(deps: GroupsDeps) {
  const view = new GroupsView(deps);
  const service = new GroupsService(deps);
  const reading = new Reading(deps, service);
  const orders = new Orders(deps, view, reading);
  const boards = new Boards(deps);
  const parts = {
    ...{ view, orders, reading, boards },
    assets: new AssetWatch(deps),
    proposals: new Proposals(deps, view),
  };
  return { view, service, boards, timers: new GroupTimers(deps, parts) };
}
