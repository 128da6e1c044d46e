import type { Person } from '../../org/chat/people';
import { can } from '../../org/roles';

/** Whether one of the person's posts turns a second key. */
export const holdsSecondKey = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => can(role, 'second_key'));
