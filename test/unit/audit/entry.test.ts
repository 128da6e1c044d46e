import { createHash } from 'node:crypto';
import { brokenLink, digestOfText, linked, wordsOf, type AuditNote } from '../../../src/audit/entry';

const note: AuditNote = {
  id: 'report:e1:0',
  at: new Date('2026-03-12T08:00:00+07:00'),
  act: 'report.sent',
  by: 'zalo:1001',
  unit: '99001-07',
  subject: 'village-month/2026-03',
  after: { figures: { learners: { value: 121, status: 'reported' } } },
};
const words = wordsOf(note, (user) => `p-${user.length}`);

it('carries the digest of its canonical form, keys in order, without its digest', () => {
  const entry = linked(words, null);
  const canonical =
    '{"act":"report.sent","after":{"figures":{"learners":{"status":"reported","value":121}}},' +
    '"at":"2026-03-12T08:00:00+07:00","before":null,"by":"p-9","eventId":null,"onBehalfOf":null,' +
    '"previous":null,"reason":null,"seq":1,"subject":"village-month/2026-03","unit":"99001-07"}';
  expect(entry.digest).toBe(`sha256:${createHash('sha256').update(canonical).digest('hex')}`);
});

it('names nobody, and keeps typed words only as a digest', () => {
  const typed = wordsOf({ ...note, reason: 'bác Tư ghi nhầm' }, () => 'p-1');
  expect(typed.reason).toBe(digestOfText('bác Tư ghi nhầm'));
  expect(wordsOf({ ...note, reason: 'peak_month' }, () => 'p-1').reason).toBe('peak_month');
  expect(JSON.stringify(typed)).not.toMatch(/zalo|Tư/);
});

it('says why an entry does not follow', () => {
  const first = linked(words, null);
  const second = linked({ ...words, act: 'report.corrected' }, first);
  expect(brokenLink(second, first)).toBeNull();
  expect(brokenLink(second, null)).toBe('gap');
  expect(brokenLink({ ...second, act: 'report.sent' }, first)).toBe('digest');
  expect(brokenLink(second, { ...first, digest: 'sha256:0' })).toBe('previous');
});
