import type { Person } from '../../org/chat/people';

/** Posts whose holders turn a second key. */
export const SECOND_KEY = ['department', 'province'] as const;

export const holdsSecondKey = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => (SECOND_KEY as readonly string[]).includes(role));
