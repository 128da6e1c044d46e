import { sha256Hex } from '../../kernel/ids';
import type { OutboundMessage } from '../channel';
import { fittedLine } from '../text';
import type { Address } from './address';
import type { TemplateParam } from './api/templates';
import { BUSINESS_PATHS, PATHS, type PhoneTemplateBody, type TemplateBody } from './wire';

const VALUE_MAX = 400;
const TRACKING_MAX = 48;

export interface TemplateOptions {
  /** `84…`, for templates by phone. */
  readonly phone?: string;
  readonly sendingMode?: '1' | '3';
  /** What the template takes; other values stay away. Without it every value of ours goes, up to 400 code points. */
  readonly templateKeys?: readonly TemplateParam[];
}

export interface TemplateRendered {
  readonly family: 'zns';
  readonly path: string;
  readonly body: TemplateBody | PhoneTemplateBody;
}

/** An approved template to a person or to a phone number; null to anybody else. */
export function renderTemplate(
  to: Address,
  message: Extract<OutboundMessage, { kind: 'template' }>,
  options: TemplateOptions,
): TemplateRendered | null {
  const common = {
    template_id: message.templateId,
    template_data: templateData(message.data, options.templateKeys),
  };
  if (message.by !== 'phone')
    return to.kind === 'person'
      ? { family: 'zns', path: PATHS.template, body: { user_id: to.userId, ...common } }
      : null;
  if (!options.phone || to.kind === 'group' || to.kind === 'visitor') return null;
  const body = {
    phone: options.phone,
    ...common,
    ...(message.trackingId ? { tracking_id: trackingId(message.trackingId) } : {}),
    sending_mode: options.sendingMode ?? '1',
  };
  return { family: 'zns', path: BUSINESS_PATHS.template, body };
}

/** Each value on one line and in NFC, no longer than the template takes. */
function templateData(data: object, keys: readonly TemplateParam[] | undefined): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, text] of Object.entries(data as Record<string, string>)) {
    const max = keys ? keys.find(({ name }) => name === key)?.max : VALUE_MAX;
    if (max !== undefined) values[key] = fittedLine(text, max);
  }
  return values;
}

/** At most 48 ASCII characters: as given where it fits, else its hash. */
export function trackingId(text: string): string {
  return /^[\x21-\x7e]+$/.test(text) && text.length <= TRACKING_MAX
    ? text
    : sha256Hex(text).slice(0, TRACKING_MAX);
}
