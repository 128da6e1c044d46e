import { loadLocales } from '../../../src/app/load-locales';
import { isOpen, minutesOf, resultsAt, tally, type CampaignAnswer } from '../../../src/campaigns/campaign';
import {
  answers,
  campaignPayload,
  readCampaignTap,
  tallyText,
  valueOf,
} from '../../../src/campaigns/campaign-words';
import { Dictionary } from '../../../src/kernel/i18n';
import { userKey } from '../../../src/kernel/ids';

/** What answers add up to, what time takes, and what stands behind the buttons. */

const UNITS = ['99001-01', '99001-02', '99001-03'];
const words = new Dictionary(loadLocales()).in('vi');

const said = (unit: string, value: number): CampaignAnswer => ({
  ...{ unit, value, by: userKey('zalo', '1') },
  at: new Date('2026-03-20T09:00:00+07:00'),
});

it('silence is silence: it is named, counted apart, and never a nought', () => {
  expect(tally(UNITS, [said('99001-02', 0)])).toEqual({
    ...{ all: 3, answered: 1, sum: 0 },
    silent: ['99001-01', '99001-03'],
  });
});

it('an answer of a place that was not asked is not counted', () => {
  expect(tally(UNITS, [said('99001-01', 5), said('99009-01', 7)])).toMatchObject({ answered: 1, sum: 5 });
});

it.each([
  ['yes_no', [said('99001-01', 1), said('99001-02', 0)], 'có 1, không 1, từ 2/3 nơi'],
  ['count', [said('99001-01', 30), said('99001-02', 0)], 'tổng 30, từ 2/3 nơi'],
  ['count', [], 'chưa nơi nào trả lời (0/3)'],
] as const)('a %s of %j reads «%s»', (kind, given, text) => {
  expect(tallyText(words, { kind }, tally(UNITS, given))).toBe(text);
});

it('96 heads give about 45 minutes', () => {
  expect([minutesOf(96), minutesOf(1)]).toEqual([45, 1]);
});

const closesAt = new Date('2026-03-22T17:00:00+07:00');

it('results go back at 8:00 on the morning after, whatever day that is', () => {
  expect(resultsAt(closesAt)).toEqual(new Date('2026-03-23T08:00:00+07:00'));
  expect(resultsAt(new Date('2026-03-22T23:30:00+07:00'))).toEqual(new Date('2026-03-23T08:00:00+07:00'));
});

it('answers are taken until the closing time, and only of what is out', () => {
  const before = new Date(closesAt.getTime() - 1);
  expect(isOpen({ state: 'issued', closesAt }, before)).toBe(true);
  expect(isOpen({ state: 'issued', closesAt }, closesAt)).toBe(false);
  for (const state of ['waiting', 'refused', 'closed'] as const)
    expect(isOpen({ state, closesAt }, before)).toBe(false);
});

it.each([
  [campaignPayload('K1A', 'CO', '99001-07'), { campaign: 'K1A', act: 'CO', unit: '99001-07' }, 1],
  ['#KS_K1A_KHONG', { campaign: 'K1A', act: 'KHONG', unit: null }, 0],
  [campaignPayload('K1A', 'N34'), { campaign: 'K1A', act: 'N34', unit: null }, 34],
  ['#KS_K1A_XEM', { campaign: 'K1A', act: 'XEM', unit: null }, null],
] as const)('%s is read as it was written', (payload, tapped, value) => {
  expect(readCampaignTap(payload.slice('#KS_'.length))).toEqual(tapped);
  expect(valueOf(tapped.act)).toBe(value);
});

it('names the village in letters: digits would be covered like the number of an identity card', () => {
  expect(campaignPayload('KAB', 'CO', '99001-07')).not.toMatch(/\d/);
});

it.each(['', 'K1A', 'K1A_NAO', 'K1A_N', 'K1A_CO_', 'K1A_N123456'])('«%s» is no button of ours', (rest) => {
  expect(readCampaignTap(rest)).toBeNull();
});

it('a yes answers no head-count, a number no survey', () => {
  expect([answers('CO', { kind: 'yes_no' }), answers('N3', { kind: 'count' })]).toEqual([true, true]);
  expect([answers('CO', { kind: 'count' }), answers('N3', { kind: 'yes_no' })]).toEqual([false, false]);
});
