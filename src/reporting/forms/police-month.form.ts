import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** The two VNeID rates of the police, reported apart and never combined. Sending approves: nobody stands above them here. */
export default defineForm({
  id: 'police-month',
  cadence: 'month',
  levels: ['agency'],
  rowsFor: ['commune'],
  owner: { role: 'police', unit: '24-CA' },
  reporters: ['police'],
  approvedBy: null,
  calendar: 'month_commune',
  figures: [
    figureOf('police.level2_activated', { mayBeMissing: true }),
    figureOf('police.vneid_confirmed', { mayBeMissing: true }),
  ],
  checks: [],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của Công an tỉnh',
});
