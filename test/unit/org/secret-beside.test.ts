import type { TurnEvent } from '../../../src/conversation/dialog';
import { TWO_VILLAGES, VillageTalk } from '../../support/village-talk';

/** Secrets in what comes with a message: files, links, forms. Covered like all, and the person is told. */

const HEAD = 'zalo:head';
const talk = (): VillageTalk =>
  new VillageTalk({
    units: TWO_VILLAGES,
    holders: [{ unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: HEAD }],
  });
const WARNING = 'đừng gửi số căn cước';

async function sends(world: VillageTalk, user: string, event: Partial<TurnEvent>): Promise<string> {
  const says = await world.sayWhole(user, event.text ?? '', event);
  return says.map(({ text }) => text).join('\n');
}

const file: Partial<TurnEvent> = {
  kind: 'file',
  secrets: ['id_card'],
  attachments: [{ type: 'file', url: 'https://file.zdn.vn/1', name: 'cccd [***].docx' }],
};

it('a secret in the name of a file is warned about, and the question that was open comes again', async () => {
  const world = talk();
  const question = await world.all(HEAD, 'báo cáo', 'nhập từng câu');
  expect(question).toContain('?');
  const told = await sends(world, HEAD, file);
  expect(told).toContain(WARNING);
  expect(told).toContain('?');
  // Nothing of it was taken for an answer.
  expect(world.values('99001-01').filter((value) => typeof value === 'number')).toEqual([]);
});

it.each<[string, Partial<TurnEvent>]>([
  ['a link', { kind: 'link', secrets: ['password'] }],
  ['a form', { kind: 'info_shared', secrets: ['id_card'] }],
  ['a new follower', { kind: 'followed', secrets: ['code'] }],
  ['a picture without a word', { kind: 'image', secrets: ['six_digits'] }],
])('a stranger hears the warning before what %s is answered with', async (_what, event) => {
  const plain = await sends(talk(), 'zalo:stranger', { ...event, secrets: [] });
  expect(plain).not.toContain(WARNING);
  const told = await sends(talk(), 'zalo:stranger', event);
  expect(told).toContain(WARNING);
  expect(told).toContain(plain);
});

it('a secret in the words is warned about once, whatever came beside them', async () => {
  const told = await sends(talk(), 'zalo:stranger', { ...file, text: 'mã [***]' });
  expect(told.split(WARNING)).toHaveLength(2);
});
