import { isLeftToHuman, Takeovers, type Takeover } from '../../../src/handover/takeovers';

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 2, 13, 3, minute, second));
const HALF_HOUR = 30 * 60_000;
const talk = (humanAt: Date | null, backAt: Date | null = null): Takeover => ({
  user: 'zalo:1',
  humanAt,
  backAt,
});

it.each`
  takeover                | when         | left     | why
  ${talk(null)}           | ${at(1)}     | ${false} | ${'nobody wrote'}
  ${talk(at(0))}          | ${at(1)}     | ${true}  | ${'somebody has just written'}
  ${talk(at(0))}          | ${at(29)}    | ${true}  | ${'the time is not over'}
  ${talk(at(0))}          | ${at(30)}    | ${false} | ${'the time is over'}
  ${talk(at(5))}          | ${at(4, 59)} | ${false} | ${'it came before the human wrote'}
  ${talk(at(0), at(10))}  | ${at(11)}    | ${false} | ${'the person called the bot back'}
  ${talk(at(20), at(10))} | ${at(21)}    | ${true}  | ${'the human wrote again after that'}
`('$left at $when: $why', ({ takeover, when, left }: { takeover: Takeover; when: Date; left: boolean }) =>
  expect(isLeftToHuman(takeover, when, HALF_HOUR)).toBe(left),
);

function memory() {
  const rows = new Map<string, Takeover>();
  const reads = { count: 0 };
  return {
    reads,
    repo: {
      find: async (user: string) => {
        reads.count += 1;
        return rows.get(user) ?? null;
      },
      all: async () => {
        reads.count += 1;
        return [...rows.values()];
      },
      note: async (user: string, what: Partial<Takeover>) => {
        const before = rows.get(user) ?? { user, humanAt: null, backAt: null };
        rows.set(user, { ...before, ...what });
      },
      forget: async (user: string) => void rows.delete(user),
    },
  };
}

it.each([true, false])(
  'silences one talk and no other, and forgets (singleProcess: %s)',
  async (singleProcess) => {
    const { repo } = memory();
    const takeovers = new Takeovers({ repo, forMs: HALF_HOUR, singleProcess });
    expect(await takeovers.humanWrote('zalo:1', at(0))).toEqual(at(30));
    expect(await takeovers.isSilent('zalo:1', at(1))).toBe(true);
    expect(await takeovers.isSilent('zalo:2', at(1))).toBe(false);
    await takeovers.calledBack('zalo:1', at(2));
    expect(await takeovers.isSilent('zalo:1', at(3))).toBe(false);
    await takeovers.humanWrote('zalo:1', at(4));
    expect(await takeovers.isSilent('zalo:1', at(5))).toBe(true);
    await takeovers.forget('zalo:1');
    expect(await takeovers.isSilent('zalo:1', at(5))).toBe(false);
  },
);

it('asks the store once where nobody else writes to it, and each time where others do', async () => {
  const alone = memory();
  const takeovers = new Takeovers({ repo: alone.repo, forMs: HALF_HOUR, singleProcess: true });
  for (let i = 0; i < 5; i += 1) await takeovers.isSilent(`zalo:${i}`, at(1));
  expect(alone.reads.count).toBe(1);
  const shared = memory();
  const other = new Takeovers({ repo: shared.repo, forMs: HALF_HOUR, singleProcess: false });
  await shared.repo.note('zalo:1', { humanAt: at(0) });
  expect(await other.isSilent('zalo:1', at(1))).toBe(true);
});

it('never falls silent when the time is nothing', async () => {
  const takeovers = new Takeovers({ repo: memory().repo, forMs: 0, singleProcess: true });
  expect(await takeovers.humanWrote('zalo:1', at(0))).toBeNull();
  expect(await takeovers.isSilent('zalo:1', at(0))).toBe(false);
});
