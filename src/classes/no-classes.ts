import type { ClassesService } from './classes.service';

/** Classes as a reader sees them where there are none: for measurements and small worlds of talk. */
export const NO_CLASSES: Pick<
  ClassesService,
  'get' | 'coming' | 'awaiting' | 'ofPerson' | 'held' | 'lastNumbers' | 'proposalsFor'
> & { communeOf(): null } = {
  get: async () => null,
  coming: async () => [],
  awaiting: async () => [],
  ofPerson: async () => [],
  held: async () => [],
  lastNumbers: async () => [],
  proposalsFor: async () => null,
  communeOf: () => null,
};
