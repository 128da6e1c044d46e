import { Dictionary } from '../../../../src/kernel/i18n';
import { loadLocales } from '../../../../src/app/load-locales';
import type { Turn } from '../../../../src/conversation/dialog';
import type { DialogDeps } from '../../../../src/dialogs/deps';
import { releaseVars } from '../../../../src/reporting/chat/release-texts';
import { aTree, vn } from '../builders';

it('says what changed: counts whole, shares in per cent, and why', () => {
  const tree = aTree([{ code: '99001', level: 'commune', parent: null, name: 'Tân Hòa' }]);
  const turn = {
    words: new Dictionary(loadLocales()).in('vi'),
    at: vn('24T17:00'),
    deps: { directory: { tree } },
  } as unknown as Turn<DialogDeps>;
  const one = { form: 'commune-month', unit: '99001' };
  const { differences } = releaseVars(turn, {
    ...{ id: '2026-03-2', period: '2026-03', number: 2, digest: 'sha256:0', forms: [] },
    differences: [
      { ...one, figure: 'digital_teams', from: 120, to: 102, reason: 'ghi nhầm' },
      { ...one, figure: 'officials_digital', from: null, to: 0.8654, reason: null },
    ],
  });
  expect(differences).toBe(
    [
      'Khác bản chốt trước 2 số:',
      '- xã Tân Hòa – Số Tổ công nghệ số cộng đồng: 120 → 102 (ghi nhầm)',
      '- xã Tân Hòa – Cán bộ, công chức, viên chức có kỹ năng số: chưa có → 86,54 %',
    ].join('\n'),
  );
});
