import type { Contact } from '../../../src/contacts/contact';
import { freshContact } from '../../../src/contacts/contact';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import type { HeldRow } from '../../../src/outbox/outbox.repo';
import { sendRules, type SendRules } from '../../../src/outbox/send-rules';

export const LAN = 'zalo:1001';

export const TEMPLATE = {
  ten: 'bác Tư',
  don_vi: 'thôn Đông Lâm',
  ky: 'tháng 3/2026',
  han: '17:00 thứ Ba 17/3',
  noi_dung: '4 câu',
};

export function aMessage(over: Partial<NewOutboxMessage> = {}): NewOutboxMessage {
  return {
    id: 'e1:0',
    to: LAN,
    purpose: 'reply',
    message: { kind: 'text', text: 'Em ghi rồi ạ.' },
    cause: 'e1',
    createdAt: new Date('2026-03-12T08:00:00+07:00'),
    ...over,
  };
}

export function aRow(over: Partial<HeldRow> = {}): HeldRow {
  const message = aMessage();
  return {
    ...message,
    notBefore: over.createdAt ?? message.createdAt,
    state: 'queued',
    reason: null,
    attempts: 0,
    order: 0,
    owner: null,
    messageId: null,
    sentAt: null,
    deliveredAt: null,
    seenAt: null,
    quota: null,
    ...over,
  };
}

export function aContact(over: Partial<Contact> = {}): Contact {
  return { ...freshContact(LAN, null), ...over };
}

export function theRules(over: Partial<Parameters<typeof sendRules>[0]> = {}): SendRules {
  return sendRules({
    ZALO_FREE_WINDOW_HOURS: 48,
    ZALO_ALLOWED_WINDOW_HOURS: 168,
    ZALO_PAID_PURPOSES: ['period_opening', 'reminder', 'returned', 'directive'],
    ZALO_TEMPLATES: {},
    QUIET_HOURS: '21:00-06:30,11:30-13:30',
    ZALO_PHONE_TEMPLATES: 'on',
    ZALO_MONTHLY_BUDGET_VND: 0,
    ZALO_PRICE_MESSAGE_VND: 55,
    ZALO_PRICE_TEMPLATE_VND: 200,
    ZALO_PRICE_PHONE_TEMPLATE_VND: 300,
    ZALO_PRICE_GROUP_MESSAGE_VND: 0,
    ZALO_GROUP_MESSAGES: 'on',
    ...over,
  });
}
