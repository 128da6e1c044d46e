import { inVietnam } from '../../kernel/vn-time';
import type { ShownButton } from '../fake-zalo-facts';
import { isFields, points, refuse, type Fields, type Refusal } from './answers';

/** Approved templates, and the checks that both ways of sending one have in common. */

export type TemplateStatus = 'ENABLE' | 'PENDING_REVIEW' | 'REJECT' | 'DISABLE' | 'DELETE';

export interface TemplateParam {
  readonly name: string;
  /** In code points; absent: 400, as one paragraph. */
  readonly maxLength?: number;
  readonly minLength?: number;
  /** False: may be left out. */
  readonly require?: boolean;
  /** `DATE` values are written `dd/MM/yyyy`, perhaps with `HH:mm` or `HH:mm:ss` before; `NUMBER` values are digits. */
  readonly type?: 'STRING' | 'DATE' | 'NUMBER';
}

/** An approved template: its text with `<key>` in place of each parameter, and its one button. */
export interface ZaloTemplate {
  readonly id: string;
  readonly name?: string;
  readonly text?: string;
  /** Absent: whatever is given is taken. */
  readonly params?: readonly (string | TemplateParam)[];
  readonly button?: { readonly title: string; readonly payload: string };
  readonly status?: TemplateStatus;
  readonly quality?: 'HIGH' | 'MEDIUM' | 'LOW' | 'UNDEFINED';
  /** 1 transaction, 2 customer care, 3 promotion. */
  readonly tag?: 1 | 2 | 3;
  /** False: made before December 2025, or with a part that cannot go by user id. */
  readonly byUser?: boolean;
  /** Whether the phone channel takes it at night. */
  readonly night?: boolean;
  /** False: belongs to another account. */
  readonly own?: boolean;
}

export const TAGS = { 1: 'TRANSACTION', 2: 'CUSTOMER_CARE', 3: 'PROMOTION' } as const;
const PARAGRAPH_MAX = 400;

export class TemplateBook {
  private readonly known: Map<string, ZaloTemplate>;

  constructor(templates: readonly ZaloTemplate[]) {
    this.known = new Map(templates.map((template) => [template.id, template]));
  }

  get(id: string): ZaloTemplate | undefined {
    return this.known.get(id);
  }

  all(): readonly ZaloTemplate[] {
    return [...this.known.values()];
  }

  put(template: ZaloTemplate): void {
    this.known.set(template.id, { ...this.known.get(template.id), ...template });
  }

  /** The template that may be sent now, with its data in order; or why not. */
  check(id: unknown, data: unknown): { readonly template: ZaloTemplate; readonly data: Fields } | Refusal {
    const template = typeof id === 'string' ? this.known.get(id) : undefined;
    if (!template) return refuse(-109, 'template id is invalid');
    if (template.own === false) return refuse(-117, 'OA has no right to this template');
    if (template.status === 'DISABLE' && template.quality === 'LOW')
      return refuse(-146, 'template is disabled for its low quality');
    if ((template.status ?? 'ENABLE') !== 'ENABLE') return refuse(-131, 'template is not approved');
    if (!isFields(data)) return refuse(-111, 'template data is empty');
    return dataRefusal(template, data) ?? { template, data };
  }
}

function dataRefusal(template: ZaloTemplate, data: Fields): Refusal | null {
  for (const [key, value] of Object.entries(data))
    if (typeof value !== 'string') return refuse(-1124, `template data ${key} is no text`);
  for (const raw of template.params ?? []) {
    const param = paramOf(raw);
    const value = data[param.name];
    if (typeof value !== 'string' || value === '') {
      if (param.require) return refuse(-1122, `template data is missing ${param.name}`);
      continue;
    }
    const length = points(value.normalize('NFC'));
    if (length > param.maxLength) return refuse(-1121, `template data ${param.name} is too long`);
    if (length < param.minLength || !isOfType(param.type, value))
      return refuse(-1124, `template data ${param.name} has an invalid format`);
  }
  return null;
}

export function paramOf(raw: string | TemplateParam): Required<TemplateParam> {
  const { name, ...more } = typeof raw === 'string' ? { name: raw } : raw;
  return { name, maxLength: PARAGRAPH_MAX, minLength: 0, require: true, type: 'STRING', ...more };
}

function isOfType(type: TemplateParam['type'], value: string): boolean {
  if (type === 'DATE') return /^((\d{2}:)?\d{2}:\d{2} )?\d{2}\/\d{2}\/\d{4}$/.test(value);
  return type !== 'NUMBER' || /^\d+$/.test(value);
}

/** What the person reads. */
export function filled(template: ZaloTemplate, data: Fields): string {
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  if (template.text === undefined) return Object.values(data).map(textOf).filter(Boolean).join('\n');
  return template.text.replace(/<([a-z_]+)>/g, (_, key: string) => textOf(data[key]));
}

export function templateButtons(template: ZaloTemplate): readonly ShownButton[] {
  return template.button ? [{ ...template.button, type: 'oa.query.show' }] : [];
}

/** As Zalo describes a template in detail. */
export function templateInfo(template: ZaloTemplate): Readonly<Record<string, unknown>> {
  return {
    templateId: template.id,
    templateName: template.name ?? template.id,
    status: template.status ?? 'ENABLE',
    listParams: (template.params ?? []).map((raw) => {
      const { name, require, type, maxLength, minLength } = paramOf(raw);
      return { name, require, type, maxLength, minLength, acceptNull: !require };
    }),
    listButtons: template.button
      ? [{ type: 1, title: template.button.title, content: template.button.payload }]
      : [],
    timeout: 7_200_000,
    previewUrl: `https://account.zalo.cloud/preview/${template.id}`,
    templateQuality: template.quality ?? 'HIGH',
    templateTag: TAGS[template.tag ?? 1],
    price: '200',
    price_sdt: '200',
    price_uid: '120',
    applyTemplateQuota: false,
  };
}

/** `dd/MM/yyyy`, the day in Viet Nam. */
export function day(at: Date): string {
  return inVietnam(at).toFormat('dd/MM/yyyy');
}
