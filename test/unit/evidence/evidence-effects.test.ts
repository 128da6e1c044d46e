import type { AuditNote } from '../../../src/audit/entry';
import { evidenceEffects, type ShowEvidence } from '../../../src/evidence/chat/evidence-effects';
import type { Evidence } from '../../../src/evidence/evidence';
import { createShowPieces } from '../../../src/evidence/show-pieces';
import { showable } from '../../../src/evidence/showing';
import type { Office } from '../../../src/org/office';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import { TWO_VILLAGES } from '../../support/village-talk';
import { aTree, vn } from '../reporting/builders';

/** Pictures beside a report are shown to whoever approves it, and never without an entry of the audit. */

const REPORT = { form: 'village-month', period: '2026-03', unit: '99001-01' };
const HASH = 'a'.repeat(64);

function aPiece(over: Partial<Evidence> = {}): Evidence {
  return {
    ...{
      id: 'e1:e0',
      subject: REPORT,
      figure: null,
      kind: 'image',
      name: null,
      by: 'zalo:tu',
      at: vn('13T08:00'),
    },
    ...{
      eventId: 'e1',
      state: 'kept',
      url: null,
      media: `${HASH}.jpg`,
      bytes: 200_000,
      reason: null,
      attempts: 1,
    },
    ...over,
  };
}

function aWorld(role: Office['role'], unit: string, pieces: readonly Evidence[] = [aPiece()]) {
  const done: string[] = [];
  const notes: AuditNote[] = [];
  const rows: NewOutboxMessage[] = [];
  const post = {
    id: 'o',
    unit,
    role,
    fullName: 'A',
    user: 'zalo:x',
    closed: false,
    ends: null,
  } as unknown as Office;
  const effects = evidenceEffects({
    evidence: { keep: async () => undefined, of: async () => pieces, ofAll: async () => pieces },
    org: { mayDo: async (_user, may) => may([post], aTree(TWO_VILLAGES)) },
    show: createShowPieces({
      audit: {
        note: async (...given) => {
          done.push('noted');
          notes.push(...given);
        },
      },
      enqueue: async (given) => {
        done.push('sent');
        rows.push(...given);
      },
    }),
  });
  return { effects, done, notes, rows };
}

const show: ShowEvidence = {
  ...{ kind: 'evidence.show', id: 'e9:0', to: 'zalo:x', subject: REPORT, pieces: ['e1:e0'] },
  ...{ at: vn('16T09:00'), eventId: 'e9' },
};

it('is noted before it is sent, with the content that was seen and nobody’s name', async () => {
  const { effects, done, notes, rows } = aWorld('commune_officer', '99001');
  expect(await effects['evidence.show'](show)).toBe('done');
  expect(done).toEqual(['noted', 'sent']);
  expect(notes).toMatchObject([
    {
      id: 'seen:e9:0',
      act: 'evidence.seen',
      by: 'zalo:x',
      unit: '99001-01',
      after: { pieces: [`sha256:${HASH}`] },
    },
  ]);
  expect(rows).toMatchObject([
    { id: 'e9:0:0', to: 'zalo:x', message: { kind: 'image', image: { file: `${HASH}.jpg` } } },
  ]);
});

it.each`
  role                 | unit          | why
  ${'commune_officer'} | ${'99002'}    | ${'of another commune'}
  ${'village_head'}    | ${'99001-02'} | ${'of another village'}
  ${'police'}          | ${'24'}       | ${'who approves no village'}
`('$role $why sees nothing', async ({ role, unit }: { role: Office['role']; unit: string }) => {
  const { effects, done } = aWorld(role, unit);
  expect(await effects['evidence.show'](show)).toBe('conflict');
  expect(done).toEqual([]);
});

it('only pieces of that report are sent, whatever is asked for', async () => {
  const { effects, rows } = aWorld('commune_officer', '99001', [aPiece({ id: 'other:e0' })]);
  expect(await effects['evidence.show'](show)).toBe('done');
  expect(rows).toEqual([]);
});

it.each`
  piece                                                       | as         | why
  ${{ media: `${HASH}.jpg`, bytes: 1_000_000 }}               | ${'image'} | ${'a photo'}
  ${{ media: `${HASH}.jpg`, bytes: 2_000_000 }}               | ${null}    | ${'a photo over 1 MB'}
  ${{ media: `${HASH}.heic`, bytes: 1_000 }}                  | ${null}    | ${'a kind Zalo does not take'}
  ${{ kind: 'file', media: `${HASH}.pdf`, bytes: 4_000_000 }} | ${'file'}  | ${'a paper'}
  ${{ kind: 'file', media: `${HASH}.xlsx`, bytes: 1_000 }}    | ${null}    | ${'a workbook'}
  ${{ kind: 'audio', media: `${HASH}.amr`, bytes: 1_000 }}    | ${null}    | ${'a voice'}
  ${{ state: 'waiting', media: null, bytes: null }}           | ${null}    | ${'not here yet'}
`('$why is shown as $as', ({ piece, as }: { piece: Partial<Evidence>; as: string | null }) => {
  expect(showable(aPiece(piece))?.as ?? null).toBe(as);
});

it.each`
  role                 | unit       | of         | outcome
  ${'department'}      | ${'24'}    | ${'99001'} | ${'done'}
  ${'commune_officer'} | ${'99001'} | ${'99001'} | ${'conflict'}
  ${'department'}      | ${'24'}    | ${'99'}    | ${'conflict'}
`(
  'what shows that a task is done: $role asks for that of $of: $outcome',
  async ({ role, unit, of, outcome }) => {
    const subject = { form: 'task', period: 'commune-teams', unit: of as string };
    const { effects, rows } = aWorld(role, unit, [aPiece({ subject })]);
    const asked = { ...show, subject: { ...subject, unit: unit as string } };
    expect(await effects['evidence.show'](asked)).toBe(outcome);
    expect(rows).toHaveLength(outcome === 'done' ? 1 : 0);
  },
);
