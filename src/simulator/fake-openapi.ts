import type { Endpoints } from './openapi/answers';
import { createArticles } from './openapi/articles';
import { createCustomFields } from './openapi/custom-fields';
import type { ApiContext } from './openapi/api-context';
import type { GroupStore } from './openapi/group-store';
import { createGroups } from './openapi/groups';
import { createHistory } from './openapi/history';
import { createMessages } from './openapi/messages';
import { createOldMessage } from './openapi/old-message';
import { createUsers } from './openapi/users';
import { createZbs } from './openapi/zbs';

/**
 * The calls of Zalo's API that a chat bot uses, each a function from a call to its answer, by method and path. What is
 * accepted is written to the person's chat and to the ledger before the answer is known to the caller.
 */

export type { AcceptedSend } from './openapi/ledger';
export type { ZaloTemplate } from './openapi/templates';

export function createOpenApi(desk: ApiContext, groups: GroupStore): Endpoints {
  return {
    ...createMessages(desk),
    ...createOldMessage(desk),
    ...createZbs(desk),
    ...createGroups(desk, groups),
    ...createUsers(desk),
    ...createCustomFields(desk),
    ...createArticles(),
    ...createHistory(desk),
    ...desk.uploads.endpoints,
  };
}
