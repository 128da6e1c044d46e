import { vnInstant } from '../../kernel/vn-time';
import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** Whom communes and agencies propose for the awards of 10/10, before 30/9/2026: so 17:00 on the 29th. */
export default defineForm({
  id: 'awards-2026',
  cadence: 'once',
  levels: ['commune', 'agency'],
  owner: { role: 'commune_officer', unit: null },
  reporters: ['commune_officer', 'agency_officer', 'department', 'police'],
  approvedBy: 'department',
  calendar: 'month_commune',
  once: {
    opensAt: vnInstant(2026, 9, 1, 8),
    deadline: vnInstant(2026, 9, 29, 17),
    lockAt: vnInstant(2026, 9, 30, 17),
  },
  figures: [figureOf('awards.nominations', { mayBeEmpty: true })],
  checks: [],
  definition: 1,
  source: 'Kế hoạch năm 2026: bình chọn, đề nghị khen thưởng, xong trước 30/9/2026',
});
