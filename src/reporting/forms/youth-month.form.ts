import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** The volunteer teams of the Youth Union and what they did. */
export default defineForm({
  id: 'youth-month',
  cadence: 'month',
  levels: ['agency'],
  owner: { role: 'agency_officer', unit: '24-TD' },
  reporters: ['agency_officer'],
  approvedBy: 'department',
  calendar: 'month_commune',
  figures: [
    figureOf('youth.core_teams'),
    figureOf('youth.communes_with_team'),
    figureOf('youth.people_helped'),
    figureOf('youth.signatures_installed'),
  ],
  checks: [{ left: 'communes_with_team', op: '<=', right: 'core_teams', else: 'communes_over_teams' }],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của Tỉnh đoàn',
});
