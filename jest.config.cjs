/** Unit and conformance tests are quick and share the machine; e2e and fault tests start real processes (package.json: test:unit, test:e2e). */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  testTimeout: 60_000,
  maxWorkers: 3,
  workerIdleMemoryLimit: '1GB',
};
