import { VillageTalk } from '../../../support/village-talk';

/** A whole line of the month is the report's, also where another talk has asked for free words. */

it('«BC 418 5 121 14» is no complaint and no reason', async () => {
  const talk = new VillageTalk({
    units: [
      { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
      { code: '99000', level: 'commune', parent: '24', name: 'Tân Hòa' },
      { code: '99000-0', level: 'village', parent: '99000', name: 'Đông Lâm' },
    ],
    holders: [{ unit: '99000-0', role: 'village_head', name: 'Tư', address: 'bác', user: 'zalo:tu' }],
  });
  await talk.say('zalo:tu', 'BC 418 5 121');
  await talk.say('zalo:tu', 'phản ánh');
  expect(await talk.say('zalo:tu', 'BC 418 5 121 14')).toContain('4) Hộ được đến tận nhà hỗ trợ: 14');
  const sent = await talk.say('zalo:tu', 'gửi');
  expect(sent).toContain('Đã gửi');
  // The talk that was left is come back to.
  expect(sent).toContain('Còn việc phản ánh');
});
