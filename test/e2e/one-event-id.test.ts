import { BotWorld } from '../support/bot';

/** One id leads through the log: from the webhook over the turn to the send, for each message its own, whoever writes at the same time. */

interface Line {
  readonly msg: string;
  readonly eventId?: string;
  readonly kind?: string;
  readonly messageId?: string;
}

let world: BotWorld;
beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T09:00:00+07:00', env: { LOG_LEVEL: 'debug' } });
}, 120_000);
afterAll(() => world.close());

function linesSince(from: number): Line[] {
  return world.program.log
    .slice(from)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

const WAY = ['event stored', 'message sent', 'event handled'];

it('follows each of many messages that come at once', async () => {
  const from = world.program.log.length;
  const people = Array.from({ length: 6 }, (_, n) => world.stranger(`khách ${n}`));
  await Promise.all(people.map((each) => each.says('chào em')));
  const lines = linesSince(from);
  const ids = lines.flatMap(({ msg, kind, eventId }) =>
    msg === 'event stored' && kind === 'text' && eventId ? [eventId] : [],
  );
  expect(new Set(ids).size).toBe(people.length);
  for (const id of ids) {
    const own = lines.filter(({ eventId }) => eventId === id);
    expect(own.map(({ msg }) => msg).sort()).toEqual([...WAY].sort());
    expect(own.find(({ msg }) => msg === 'message sent')?.messageId).toBe(`${id}:r0`);
  }
  expect(lines.filter(({ msg, eventId }) => WAY.includes(msg) && eventId === undefined)).toEqual([]);
});
