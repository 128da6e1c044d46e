import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** What newspaper and broadcaster published in the week: at least two items. */
export default defineForm({
  id: 'press-week',
  cadence: 'week',
  levels: ['agency'],
  owner: { role: 'agency_officer', unit: '24-BPTTH' },
  reporters: ['agency_officer'],
  approvedBy: 'department',
  calendar: 'month_commune',
  figures: [
    figureOf('press.items_published', { atLeast: 2 }),
    figureOf('press.item_links', { mayBeEmpty: true }),
  ],
  checks: [],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của Báo và Đài PTTH',
});
