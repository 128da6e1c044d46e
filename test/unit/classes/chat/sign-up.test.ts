import type { ClassRecord } from '../../../../src/classes/class';
import { viewsOf } from '../../../../src/classes/class-view';
import { TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';
import { vn } from '../../reminders/builders';

/** Coming to one of several classes: the number of the list is the choice. */

const aClass = (id: string, place: string): ClassRecord => ({
  ...{ id, unit: '99001-01', topic: 'VNeID', place, teacher: null, startsAt: vn('2026-03-19T19:30') },
  ...{ capacity: null, planned: false, announced: true, moved: null, cancelled: null, attended: null },
  ...{ question: null, by: 'zalo:1', at: vn('2026-03-12T08:00'), version: 1 },
});

it('«đăng ký» with two classes asks which, and the digit is the class of that place', async () => {
  const views = viewsOf([aClass('LA', 'nhà văn hóa'), aClass('LB', 'trường học')], []);
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU],
    classes: {
      communeOf: () => '99001',
      coming: async () => views,
      get: async (id) => views.find(({ record }) => record.id === id) ?? null,
    },
  });
  await talk.say('zalo:tu', 'lớp gần tôi');
  const asked = await talk.say('zalo:tu', 'đăng ký');
  expect(asked).toContain('Bác đăng ký lớp nào ạ?\n1.');
  expect(await talk.say('zalo:tu', '2')).toContain('trường học');
});
