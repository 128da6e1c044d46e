import { GROUP_CHANGES } from '../channels/channel';
import type { StoredEvent } from '../channels/stored-event';
import { channelUserId, type UserKey } from '../kernel/ids';
import type { GroupsService } from './groups.service';

/** What happens to a group itself changes its mirror; what is said there does not. */
export function groupEvents(service: Pick<GroupsService, 'noteEvent'>) {
  return {
    async group({ event, eventAt }: StoredEvent): Promise<void> {
      const what = GROUP_CHANGES.find((one) => one === event.data?.['change']);
      if (event.group === undefined || what === undefined) return;
      const users = (event.data?.['members'] as readonly UserKey[] | undefined) ?? [];
      await service.noteEvent(channelUserId(event.group), { what, users, at: eventAt });
    },
  };
}
