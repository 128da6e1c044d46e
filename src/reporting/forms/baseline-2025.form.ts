import { vnInstant } from '../../kernel/vn-time';
import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** The five indicators of KH 15 as they stood at the end of 2025, before 31/3/2026: so 17:00 on the 30th. Sending approves. */
export default defineForm({
  id: 'baseline-2025',
  cadence: 'once',
  levels: ['agency'],
  owner: { role: 'department', unit: '24-KHCN' },
  reporters: ['department', 'agency_officer', 'police'],
  approvedBy: null,
  calendar: 'month_commune',
  once: {
    opensAt: vnInstant(2026, 3, 3, 8),
    deadline: vnInstant(2026, 3, 30, 17),
    lockAt: vnInstant(2026, 4, 10, 17),
  },
  figures: [
    figureOf('department.officials_digital'),
    figureOf('department.pupils_digital'),
    figureOf('department.adults_digital_share'),
    figureOf('department.vneid_confirmed'),
    figureOf('department.workers_digital', { mayBeMissing: true }),
  ],
  checks: [],
  definition: 1,
  source: 'Kế hoạch 15/KH-UBND; Kế hoạch năm 2026: số liệu 2025 báo cáo trước 31/3/2026',
});
