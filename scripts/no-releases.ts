import { ReleasesService } from '../src/reporting/releases.service';
import { UnitTree } from '../src/org/units';

/** Releases of a world in which nobody makes one. */
export const noReleases = new ReleasesService({
  repo: {
    insert: async () => false,
    heads: async () => [],
    get: async () => null,
    settle: async () => false,
    unname: async () => undefined,
  },
  reports: { eachOf: async () => undefined },
  units: () => new UnitTree([]),
  optionalFigures: {},
  audit: { note: async () => undefined },
});
