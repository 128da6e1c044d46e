import { reportId } from '../../../../src/reporting/report';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** A question of a period that is locked is not gone on with: what is said of no figure is for the period that is open now. */

const world = (at: string): VillageTalk => new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, at);

describe('a form of March left open, in April', () => {
  async function leftOpen(): Promise<VillageTalk> {
    const talk = world('2026-03-16T09:00:00+07:00');
    await talk.all('zalo:hanh', 'báo cáo xã', '29');
    talk.at = new Date('2026-04-10T09:00:00+07:00');
    return talk;
  }

  it('«tình hình» speaks of April alone', async () => {
    const talk = await leftOpen();
    const heard = await talk.say('zalo:hanh', 'tình hình');
    expect(heard).toContain('tháng 4');
    expect(heard).not.toContain('còn dở');
    expect(heard).not.toContain('báo cáo tháng 3');
  });

  it('a figure typed under it is not taken, and April is offered', async () => {
    const talk = await leftOpen();
    const heard = await talk.say('zalo:hanh', '210');
    expect(heard).toContain('đã khóa');
    expect(heard).toContain('[Làm tháng 4]');
    const report = talk.reports.get(reportId({ form: 'commune-month', period: '2026-03', unit: '99001' }));
    expect(Object.keys(report?.figures ?? {})).toEqual(['digital_teams']);
  });

  it.each(['để tối', 'để sau', 'thôi để mai'])('«%s» is not about March', async (text) => {
    const talk = await leftOpen();
    expect(await talk.say('zalo:hanh', text)).not.toContain('tháng 3');
  });
});

describe('the villages’ March left open, in April', () => {
  it.each(['để tối', 'để sau', 'tiếp', 'báo cáo'])('«%s» is not about March', async (text) => {
    const talk = world('2026-03-13T09:00:00+07:00');
    await talk.all('zalo:tu', 'báo cáo', '300');
    talk.at = new Date('2026-04-10T09:00:00+07:00');
    const heard = await talk.say('zalo:tu', text);
    expect(heard).not.toContain('đã khóa');
    expect(heard).not.toContain('báo cáo tháng 3');
    const after = await talk.say('zalo:tu', 'cảm ơn em');
    expect(after).not.toContain('đã khóa');
  });

  it('a figure of March is still answered by why it is not taken', async () => {
    const talk = world('2026-03-13T09:00:00+07:00');
    await talk.all('zalo:tu', 'báo cáo', '300');
    talk.at = new Date('2026-04-10T09:00:00+07:00');
    expect(await talk.say('zalo:tu', '5')).toContain('Báo cáo tháng 3 đã khóa');
  });
});
