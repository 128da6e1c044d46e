import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** Pupils, schools and the parents whom pupils taught. */
export default defineForm({
  id: 'education-month',
  cadence: 'month',
  levels: ['agency'],
  owner: { role: 'agency_officer', unit: '24-GDDT' },
  reporters: ['agency_officer'],
  approvedBy: 'department',
  calendar: 'month_commune',
  figures: [
    figureOf('education.pupils_digital'),
    figureOf('education.schools_with_lessons'),
    figureOf('education.parents_guided'),
  ],
  checks: [],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của Sở Giáo dục và Đào tạo',
});
