const { availableParallelism } = require('node:os');

/** Unit tests are quick and share the machine; e2e and fault tests start real processes (package.json: test:unit, test:e2e). */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Rehearsals of months take minutes each; `npm run simulated` asks for them by name.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SIMULATED ? [] : ['/test/simulated/'])],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  testTimeout: 60_000,
  // Many tests wait for processes; more of them than this at once make a small machine too slow for those that measure.
  maxWorkers: Math.min(8, Math.max(3, availableParallelism())),
  // What the files before have left behind makes the next ones slow.
  workerIdleMemoryLimit: '450MB',
};
