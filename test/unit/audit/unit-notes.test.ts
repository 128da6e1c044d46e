import { notesOfUnits, unitSource } from '../../../src/audit/unit-notes';
import type { UnitDoc } from '../../../src/org/org.model';
import type { UnitSpan } from '../../../src/org/unit';
import { unitsOutOf } from '../../support/audit-units';
import { vn } from '../reporting/builders';

/** The tree of units in the audit: as it was loaded, and what changed together as one entry of whoever is above. */

function span(over: Partial<UnitSpan> = {}): UnitSpan {
  return {
    ...{ validFrom: '2025-07-01', validTo: null, name: 'Đông Lâm', kind: 'thôn', parent: '99001' },
    ...{ adults: 1500, households: 400, population: null },
    ...over,
  };
}
const merger = { id: 'ev7:0', at: vn('14T09:00'), by: 'zalo:5' };
const [DONG_LAM, NGOC_TRI] = [span(), span({ name: 'Ngọc Trì' })];
const ENDED = span({ name: 'Ngọc Trì', validTo: '2026-03-31', mergedInto: ['99001-01'] });
const WIDER = [span({ validTo: '2026-03-31' }), span({ validFrom: '2026-04-01', adults: 3000 })];
const units: UnitDoc[] = [
  { _id: '99001', level: 'commune', spans: [span({ name: 'Tân Hòa', kind: 'xã', parent: '24' })], rev: 1 },
  { _id: '99001-01', level: 'village', spans: WIDER, rev: 2, log: [{ ...merger, was: [DONG_LAM] }] },
  { _id: '99001-02', level: 'village', spans: [ENDED], rev: 2, log: [{ ...merger, was: [NGOC_TRI] }] },
  {
    ...{ _id: '99001-03', level: 'village', spans: [span({ name: 'Mới' })], rev: 2 },
    log: [
      { id: 'sheet:a', at: vn('12T09:00'), by: null, was: null },
      { id: 'sheet:b', at: vn('13T09:00'), by: null, was: [span({ name: 'Cũ' })] },
    ],
  },
];

it('says what was loaded, then each change with what stood before and what stands, by whom', () => {
  const notes = notesOfUnits(units);
  expect(notes.map(({ act, unit, by, eventId = null }) => [act, unit, by, eventId])).toEqual([
    ['units.known', '24', null, null],
    ['units.known', '99001', null, null],
    ['units.changed', '99001', 'zalo:5', 'ev7'],
    ['units.changed', '99001', null, null],
    ['units.changed', '99001', null, null],
  ]);
  expect(notes[2]).toMatchObject({
    at: vn('14T09:00'),
    before: {
      '99001-01': { spans: [{ adults: 1500 }] },
      '99001-02': { spans: [{ validTo: null, mergedInto: null }] },
    },
    after: { '99001-02': { level: 'village', spans: [{ validTo: '2026-03-31', mergedInto: ['99001-01'] }] } },
  });
  expect(notes[3]).toMatchObject({ before: null, after: { '99001-03': { spans: [{ name: 'Cũ' }] } } });
  expect(notes[4]).toMatchObject({ after: { '99001-03': { spans: [{ name: 'Mới' }] } } });
  expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
  expect(notesOfUnits(units)).toEqual(notes);
});

it('is enough to have the tree again, whatever is told twice', () => {
  const order = [...notesOfUnits(units)].sort((a, b) => a.at.getTime() - b.at.getTime());
  const entries = [...order, ...order.slice(0, 2)];
  const stored = units.map(({ _id: code, level, spans }) => ({ code, level, spans }));
  const again = unitsOutOf(entries).sort((a, b) => (a.code < b.code ? -1 : 1));
  expect(again).toEqual(stored);
});

it('looks at the start whatever was told before, then only after a change', async () => {
  let [reads, revision] = [0, 4];
  const source = unitSource({
    revision: async () => ({ units: revision, offices: 0 }),
    unitsWithChanges: async () => {
      reads += 1;
      return units;
    },
  });
  expect((await source.since(4)).notes).toHaveLength(5);
  expect((await source.since(4)).notes).toEqual([]);
  revision = 5;
  expect((await source.since(4)).mark).toBe(5);
  expect(reads).toBe(2);
});
