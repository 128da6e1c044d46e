import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { parseDocument } from 'yaml';
import { readConfig, VARIABLES } from '../../src/config/config';

/** No container runtime is at hand here: this holds `compose.yaml` to what can be known of it without one. */

interface Service {
  readonly image: string;
  readonly command?: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: string };
}

const document = parseDocument(readFileSync(join(__dirname, '../../compose.yaml'), 'utf8'));
const { services, volumes } = document.toJS() as {
  services: Readonly<Record<'program' | 'mongo' | 'redis', Service>>;
  volumes: Readonly<Record<string, object>>;
};
const { program, mongo, redis } = services;
const KEY = Buffer.alloc(32, 7).toString('base64');

/** What compose puts for `${NAME}`, `${NAME:-fallback}` and `${NAME:?said when it is missing}`. */
function filledIn(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind = '', rest = '') => {
    if (given[name]) return given[name];
    if (kind === '?') throw new Error(rest as string);
    return rest as string;
  });
}

const environment = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(program.environment ?? {}).map(([name, text]) => [name, filledIn(text, given)]),
  );

it('is YAML without a fault or a warning, and names the three', () => {
  expect([...document.errors, ...document.warnings]).toEqual([]);
  expect(Object.keys(services)).toEqual(['program', 'mongo', 'redis']);
});

it('gives the program variables it knows, and values it takes', () => {
  const unknown = Object.keys(program.environment ?? {}).filter((name) => !Object.hasOwn(VARIABLES, name));
  expect(unknown).toEqual([]);
  const config = readConfig(environment({ ENCRYPTION_KEY: KEY }));
  expect(config).toMatchObject({ mode: 'simulator', embeddedStore: false });
  expect(() => environment({})).toThrow('ENCRYPTION_KEY');
  const keys = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_ID', 'ZALO_OA_SECRET_KEY'];
  const given = Object.fromEntries(keys.map((name) => [name, '12345']));
  expect(readConfig(environment({ ...given, ENCRYPTION_KEY: KEY })).mode).toBe('live');
});

it('leads the program to the two others, and waits until they are well', () => {
  const { MONGODB_URI, REDIS_URL } = environment({ ENCRYPTION_KEY: KEY });
  expect(new URL(REDIS_URL ?? '').hostname).toBe('redis');
  const store = new URL(MONGODB_URI ?? '');
  expect(store.hostname).toBe('mongo');
  for (const [name, { condition }] of Object.entries(program.depends_on ?? {})) {
    expect(condition).toBe('service_healthy');
    expect(services[name as keyof typeof services].healthcheck?.test).toBeTruthy();
  }
  expect(Object.keys(program.depends_on ?? {}).sort()).toEqual(['mongo', 'redis']);
});

it('makes the replica set that the address names, in a script that can be read', () => {
  const set = new URL(environment({ ENCRYPTION_KEY: KEY })['MONGODB_URI'] ?? '').searchParams.get(
    'replicaSet',
  );
  expect(mongo.command).toContain(`--replSet ${set}`);
  const script = /--eval "([^"]*)"/.exec(mongo.healthcheck?.test ?? '')?.[1] ?? '';
  expect(script).toContain(`_id: '${set}'`);
  expect(script).toContain("host: 'mongo:27017'");
  expect(() => new Script(script)).not.toThrow();
});

it('keeps a Redis that throws no key away, which the program would refuse', () => {
  expect(redis.command).toContain('--maxmemory-policy noeviction');
});

it('opens one port, to this machine alone, and the one the program listens on', () => {
  expect([mongo.ports, redis.ports]).toEqual([undefined, undefined]);
  expect(program.ports).toEqual([`127.0.0.1:3000:${program.environment?.['PORT']}`]);
});

it('declares every volume it names', () => {
  const named = [program, mongo, redis]
    .flatMap((service) => service.volumes ?? [])
    .map((volume) => volume.split(':')[0] as string)
    .filter((volume) => volume !== '.');
  expect(named.sort()).toEqual(Object.keys(volumes).sort());
});
