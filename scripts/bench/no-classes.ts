import type { AskedCount } from '../../src/classes/asked';
import type { ClassesService } from '../../src/classes/classes.service';

/** Classes as a reader sees them where there are none: for measurements and small worlds of talk. */
export const NO_CLASSES: Pick<
  ClassesService,
  | 'get'
  | 'coming'
  | 'awaiting'
  | 'ofPerson'
  | 'held'
  | 'heldWithPeople'
  | 'lastNumbers'
  | 'proposalsFor'
  | 'lastPlace'
> & { communeOf(): null; askedIn(): Promise<readonly AskedCount[]> } = {
  get: async () => null,
  coming: async () => [],
  awaiting: async () => [],
  ofPerson: async () => [],
  held: async () => [],
  heldWithPeople: async () => [],
  lastNumbers: async () => [],
  proposalsFor: async () => null,
  lastPlace: async () => null,
  communeOf: () => null,
  askedIn: async () => [],
};
