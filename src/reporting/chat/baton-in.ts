import { batonOf, type Baton } from '../baton';
import type { Facts } from './report-facts';

/** Who holds the report that the talk has read. */
export function batonIn({ report, form, times, asked }: Facts, at: Date): Baton {
  const ids = asked.filter((figure) => !figure.after).map(({ id }) => id);
  return batonOf({ report, form, opensAt: times.opensAt, lockAt: times.lockAt, asked: ids }, at);
}
