import type { DirectiveState } from '../../../../src/directives/directive';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';
import { aDirective } from '../builders';

/** A number that was given out before is asked about, whatever became of the first. */

const talkWith = (state: DirectiveState, practice = false) => {
  const by = { user: 'zalo:hanh', office: 'x' };
  const first = aDirective({ id: 'd1', from: '99001', by, state, practice, text: 'rà soát loa' });
  return new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU, HANH],
    directives: { byShort: async (short) => (short === '145' ? [first] : []), get: async () => first },
  });
};
const order = 'giao 145/UBND-VX, hạn 20/3, xã Tân Hòa: mỗi thôn mở ít nhất 1 buổi học';

it('one that is out may be replaced', async () => {
  const asked = await talkWith('issued').say('zalo:hanh', order);
  expect(asked).toContain('Đã có 145/UBND-VX đang phát: rà soát loa');
  expect(asked).toContain('[Thay văn bản cũ]');
});

it.each<DirectiveState>(['superseded', 'recalled', 'closed'])(
  'one that was %s is asked about too',
  async (state) => {
    const talk = talkWith(state);
    const asked = await talk.say('zalo:hanh', order);
    expect(asked).toContain('145/UBND-VX đã phát một lần rồi');
    expect(asked).not.toContain('[Thay văn bản cũ]');
    expect(await talk.say('zalo:hanh', 'Văn bản khác')).not.toContain('đã phát một lần');
  },
);

it('what was only practised leaves its number free', async () => {
  expect(await talkWith('closed', true).say('zalo:hanh', order)).not.toContain('đã phát một lần');
});
