import { maskSecrets } from '../../../src/kernel/secrets';
import { asObject, parseJson } from '../../../src/channels/zalo/json';
import { parseEvent } from '../../../src/channels/zalo/parse-event';
import { timestampText } from '../../../src/channels/zalo/verify-signature';
import { stopwatch } from '../../../src/kernel/clock';
import { Fuzz } from '../../support/fuzz';
import { Random } from '../../support/random';

/** Any bytes at all, step by step as the webhook takes them, in this process, where what they do to it can be seen. */

const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001' };
const CONTEXT = {
  ...IDS,
  mask: (text: string) => maskSecrets(text, () => 'hash'),
  hashPhone: () => 'hash',
  now: () => new Date('2026-03-12T01:00:00Z'),
};
const SHARED = [Object, Array, String, Number, Boolean, Function, Promise, Date, Map, Buffer];

const shapes = (): string[] =>
  SHARED.map(
    ({ name, prototype }) =>
      `${name}: ${Reflect.ownKeys(prototype as object)
        .map(String)
        .sort()
        .join()}`,
  );

it('throws nothing but «not JSON», leaves every prototype alone, and names every event', () => {
  const before = shapes();
  const fuzz = new Fuzz(new Random(20_260_312), IDS);
  const seen = { none: 0, event: 0, other: 0 };
  const faults: string[] = [];
  let longest = 0;
  for (let n = 0; n < 1_200; n++) {
    const raw = fuzz.body();
    const since = stopwatch();
    timestampText(raw);
    longest = Math.max(longest, since());
    let body: unknown;
    try {
      body = parseJson(raw.toString('utf8'));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      seen.none += 1;
      continue;
    }
    const members = asObject(body);
    if (members === undefined) {
      seen.none += 1;
      continue;
    }
    const parsed = parseEvent(members, raw, false, CONTEXT);
    if (parsed.outcome !== 'event') seen.other += 1;
    else {
      seen.event += 1;
      const { id, eventAt } = parsed.event;
      const sound = id.length > 0 && id.length < 300 && Number.isFinite(eventAt.getTime());
      if (!sound || JSON.stringify(parsed.event).includes('polluted')) faults.push(raw.toString('latin1'));
    }
  }
  expect(faults).toEqual([]);
  expect(shapes()).toEqual(before);
  expect(Object.keys({}).concat(...Object.keys([]))).toEqual([]);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  if (process.env['FAULT_TELL']) console.log({ ...seen, longestScanMs: Math.round(longest) });
});
