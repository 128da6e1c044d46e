import type { TemplateData } from '../../../src/channels/channel';
import { renderTemplate } from '../../../src/channels/zalo/render-template';
import { Dictionary } from '../../../src/kernel/i18n';
import { composeReminder } from '../../../src/reminders/compose';
import { demoTemplates } from '../../../src/app/demo-templates';
import { loadLocales } from '../../../src/app/load-locales';
import { filled, TemplateBook } from '../../../src/simulator/openapi/templates';
import { vn } from '../reminders/builders';

/** What reminders send fits the templates of the simulated Zalo, which refuses what the real one would. */

const dictionary = new Dictionary(loadLocales());
const book = new TemplateBook(
  demoTemplates({ period_opening: '1001', reminder: '1002' }, dictionary.in('vi')),
);

function dataOf(locale: string, name: string, unitName: string): TemplateData {
  const line = {
    rule: 'opening',
    says: 'report' as const,
    form: 'village-month',
    period: '2026-03',
    unitName,
    answered: 0,
    asked: 4,
  };
  return composeReminder(dictionary.in(locale), {
    ...{ address: 'bác', name, remaining: 2, next: null, at: vn('2026-03-10T08:00') },
    lines: [
      {
        ...line,
        unit: 'V1',
        deadline: vn('2026-03-17T17:00'),
        lockAt: vn('2026-03-18T17:00'),
        movedFrom: null,
        data: { from: '2026-02-15', to: '2026-03-14' },
        returned: 0,
      },
    ],
  }).template;
}

/** As our channel sends it, knowing what the template takes. */
function sent(data: TemplateData, keys = true): object {
  const params = book.get('1001')?.params ?? [];
  const templateKeys = params.map((param) => {
    const { name, maxLength: max = 400 } = typeof param === 'string' ? { name: param } : param;
    return { name, max, required: true };
  });
  const message = { kind: 'template', templateId: '1001', data } as const;
  const rendered = renderTemplate({ kind: 'person', userId: '3344' }, message, keys ? { templateKeys } : {});
  return rendered?.body.template_data ?? {};
}

it.each(['vi', 'en'])('takes what a reminder says in %s, and the person reads all of it', (locale) => {
  const data = dataOf(locale, 'Tư', 'thôn Đông Lâm');
  const checked = book.check('1001', sent(data));
  if (!('template' in checked)) throw new Error(checked.message);
  const shown = filled(checked.template, checked.data);
  for (const value of Object.values(data)) expect(shown).toContain(value);
  expect(shown).not.toMatch(/[<>]/);
});

it('takes a long name shortened by our channel, and refuses it as it is', () => {
  const data = dataOf('vi', 'Tư'.repeat(40), 'tổ dân phố '.repeat(9));
  expect(book.check('1001', sent(data))).toHaveProperty('template');
  expect(book.check('1001', sent(data, false))).toMatchObject({ error: -1121 });
});

it.each(['ten', 'don_vi', 'ky', 'han', 'noi_dung'])('refuses a message without %s', (name) => {
  const { [name as 'ten']: _, ...rest } = dataOf('vi', 'Tư', 'thôn Đông Lâm');
  expect(book.check('1001', rest)).toMatchObject({ error: -1122 });
});

it('has a template for each purpose of the configuration, with the button of reminders', () => {
  expect(book.all()).toMatchObject([
    { id: '1001', name: 'period_opening', button: { payload: '#BAOCAO' } },
    { id: '1002', name: 'reminder' },
  ]);
});
