import { FEATURES } from '../../src/app/features';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../support/village-talk';

/**
 * A button stays on the phone for ever. Of whatever dialog it is, it is answered by what became of it and what can be done
 * now: never as words that nobody understood, and it never writes anything.
 */

const DIALOGS = FEATURES.flatMap((feature) => feature.dialogs).filter(({ steps }) =>
  Object.values(steps).some((step) => step.ask !== undefined),
);
const EXPLAINED = /chưa làm gì|không dùng nữa|chưa có gì thay đổi|không có số nào/i;
const REFS = ['', 'x/y', '2026-02/99001-01', 'commune-month/2026-02/99001', 'd-1'];
const CHOICES = ['SEND', 'YES', 'NOTHING', 'NO', 'OTHER'];

describe.each(DIALOGS.map(({ id }) => [id]))('an old button of %s', (id) => {
  it.each([
    ['a head', 'zalo:tu'],
    ['an officer', 'zalo:hanh'],
    ['a stranger', 'zalo:lan'],
  ])('is explained to %s', async (_who, user) => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-13T09:00:00+07:00');
    await talk.say(user, 'menu');
    for (const [i, ref] of REFS.entries()) {
      const heard = await talk.say(user, `#${id}|${ref}|1|${CHOICES[i] ?? ''}`.toUpperCase());
      expect([ref, heard]).toEqual([ref, expect.stringMatching(EXPLAINED)]);
      expect([ref, heard]).toEqual([ref, expect.not.stringContaining('chưa rõ')]);
    }
    expect(talk.reports.size).toBe(0);
  });
});

describe('[Gửi] of the screen before', () => {
  it('of a form that is still open shows the form as it is now', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-16T09:00:00+07:00');
    await talk.all('zalo:hanh', 'báo cáo xã', '29', '210', 'chưa', '45 trên 52 đến 14/3');
    await talk.all('zalo:hanh', '300 trên 400 đến 14/3', 'chưa có', 'không', 'không', 'cảm ơn em');
    const heard = await talk.say('zalo:hanh', '#FORM|COMMUNE-MONTH/2026-03/99001|9|SEND');
    expect(heard).toContain('Nút này của màn hình trước nên em chưa làm gì');
    expect(heard).toContain('[Gửi]');
    const report = () => talk.of({ form: 'commune-month', period: '2026-03', unit: '99001' });
    expect(report()?.submittedAt).toBeNull();
    await talk.say('zalo:hanh', 'gửi');
    expect(report()?.submittedAt).not.toBeNull();
    const after = await talk.say('zalo:hanh', '#FORM|COMMUNE-MONTH/2026-03/99001|9|SEND');
    expect(after).toContain('em chưa làm gì');
    expect(after).toContain('đã gửi');
  });
});
