import { vnInstant } from '../../kernel/vn-time';
import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** Computer and internet in the village house: of a chosen audience, first the pilots and the mountain communes. */
export default defineForm({
  id: 'equipment-survey',
  cadence: 'once',
  levels: ['village'],
  chosen: true,
  owner: { role: 'village_head', unit: null },
  reporters: ['village_head', 'village_deputy'],
  approvedBy: 'commune',
  calendar: 'month_village',
  once: {
    opensAt: vnInstant(2026, 3, 3, 8),
    deadline: vnInstant(2026, 4, 15, 17),
    lockAt: vnInstant(2026, 4, 22, 17),
  },
  figures: [
    figureOf('survey.has_computer'),
    figureOf('survey.has_internet'),
    figureOf('survey.missing_equipment', { mayBeEmpty: true }),
  ],
  checks: [],
  definition: 1,
  source: 'Kế hoạch năm 2026: rà soát trang thiết bị tối thiểu của nhà văn hóa thôn, tổ dân phố',
});
