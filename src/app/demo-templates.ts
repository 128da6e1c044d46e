import type { TemplateData } from '../channels/channel';
import type { Words } from '../kernel/i18n';
import { REPORT_COMMAND } from '../reminders/work-words';
import type { ZaloTemplate } from '../simulator/fake-openapi';

/** Code points that Zalo grants to a parameter of the kind we would register each as: name, address, label, label, goods. */
const LONGEST: Readonly<Record<keyof TemplateData, number>> = {
  ten: 30,
  don_vi: 200,
  ky: 30,
  han: 30,
  noi_dung: 200,
};

/** The templates of the configuration, by purpose, as the simulated Zalo has approved them: all our values are required. */
export function demoTemplates(ids: Readonly<Partial<Record<string, string>>>, words: Words): ZaloTemplate[] {
  return Object.entries(ids).flatMap(([purpose, id]) => {
    if (id === undefined) return [];
    const params = Object.entries(LONGEST).map(([name, maxLength]) => ({ name, maxLength }));
    const button = { title: words.t('reminders:buttons.start'), payload: REPORT_COMMAND };
    return [{ id, name: purpose, text: words.t('reminders:template.demo'), params, button }];
  });
}
