import { z } from 'zod';
import { PACKAGES, PERMISSIONS } from './openapi/account';
import { PRODUCTS } from './openapi/group-store';

/** What the routes of the consoles take. */

const id = z.string().regex(/^[\w.-]{1,64}$/);
const share = z.number().min(0).max(1);
const count = z.number().int().min(0);
const kinds = ['image', 'gif', 'audio', 'video', 'sticker', 'location', 'file', 'link'] as const;

export const consoleSchemas = {
  account: z.strictObject({
    package: z.enum(Object.keys(PACKAGES) as [keyof typeof PACKAGES]).optional(),
    verified: z.boolean().optional(),
    enabled: z.boolean().optional(),
    installed: z.boolean().optional(),
    appActive: z.boolean().optional(),
    registered: z.boolean().optional(),
    withheld: z.array(z.enum(PERMISSIONS)).optional(),
    proof: z.boolean().optional(),
    wallet: z.enum(['linked', 'unlinked', 'empty']).optional(),
    followersOnly: z.boolean().optional(),
    welcome: count.optional(),
    uploadsPerMonth: count.optional(),
    lists: z.boolean().optional(),
    legacy: z.boolean().optional(),
    phoneQuota: count.optional(),
    phones: z.enum(['everybody', 'listed']).optional(),
    testPhones: z.array(z.string()).optional(),
    beyondQuota: z.boolean().optional(),
    admins: z.array(id).optional(),
    abroad: z.boolean().optional(),
    usedTokenIsEmpty: z.boolean().optional(),
    groupNameMax: count.optional(),
    groupRowsTo: z.boolean().optional(),
    requestsPerMinute: count.optional(),
    /** The callback address saved in the console; null: any. */
    callback: z.string().nullable().optional(),
    quota: z
      .strictObject({
        repliesPerWindow: count.nullable().optional(),
        subPerMonth: count.optional(),
        purchased: count.optional(),
        charged: z.boolean().optional(),
      })
      .optional(),
    echoes: z
      .strictObject({
        sent: z.boolean().optional(),
        received: z.boolean().optional(),
        seen: z.boolean().optional(),
        beforeAnswer: z.union([z.boolean(), share]).optional(),
      })
      .optional(),
  }),
  webhook: z.strictObject({
    url: z.url().nullable().optional(),
    enable: z.literal(true).optional(),
    escape: z.boolean().optional(),
    retries: z.boolean().optional(),
    commandsOnly: z.boolean().optional(),
    delayMs: count.max(60_000).optional(),
    off: z.array(z.string()).optional(),
    on: z.array(z.string()).optional(),
    duplicate: count.optional(),
    drop: count.optional(),
    hold: z.literal(true).optional(),
    release: z.enum(['as_sent', 'reversed']).optional(),
    runDue: z.literal(true).optional(),
    probe: z.enum(['signed', 'unsigned', 'object', 'empty', 'get', 'head']).optional(),
    /** Whose time is signed; `header` is another one than the body's. */
    signedTime: z.enum(['body', 'header']).optional(),
    chaos: z
      .strictObject({
        drop: share.optional(),
        duplicate: share.optional(),
        reorder: share.optional(),
        slow: share.optional(),
        slowMs: count.max(60_000).optional(),
        seed: count.optional(),
      })
      .optional(),
  }),
  template: z.strictObject({
    id,
    name: z.string().optional(),
    text: z.string().optional(),
    params: z
      .array(
        z.union([
          z.string(),
          z.strictObject({
            name: z.string(),
            maxLength: count.optional(),
            minLength: count.optional(),
            require: z.boolean().optional(),
            type: z.enum(['STRING', 'DATE', 'NUMBER']).optional(),
          }),
        ]),
      )
      .optional(),
    button: z.strictObject({ title: z.string(), payload: z.string() }).optional(),
    status: z.enum(['ENABLE', 'PENDING_REVIEW', 'REJECT', 'DISABLE', 'DELETE']).optional(),
    quality: z.enum(['HIGH', 'MEDIUM', 'LOW', 'UNDEFINED']).optional(),
    tag: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
    byUser: z.boolean().optional(),
    night: z.boolean().optional(),
    own: z.boolean().optional(),
  }),
  asset: z.strictObject({
    id,
    product: z.enum(Object.keys(PRODUCTS) as [keyof typeof PRODUCTS]),
    quotaType: z.enum(['sub_quota', 'purchase_quota', 'reward_quota']).default('sub_quota'),
    validThrough: z.iso.datetime({ offset: true }),
    usedId: id.nullable().default(null),
  }),
  announce: z.strictObject({
    name: z.string().regex(/^[a-z_]{1,60}$/),
    fields: z.record(z.string(), z.unknown()).default({}),
    zns: z.boolean().default(false),
  }),
  admin: z.strictObject({
    user: id.optional(),
    group: id.optional(),
    text: z.string().min(1).max(2000),
    adminId: id.default('7788990011223344556'),
  }),
  group: z.strictObject({
    group: id,
    user: id.optional(),
    act: z.enum(['say', 'ask', 'leave', 'dissolve', 'rename', 'promote', 'remove_oa']),
    text: z.string().optional(),
    quote: z.string().optional(),
    /** Sends a sample of this kind. */
    kind: z.enum(kinds).optional(),
  }),
  visitor: z.strictObject({
    id,
    conversation: id,
    text: z.string().min(1).max(2000).optional(),
    image: z.url().optional(),
  }),
  act: z.discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('type'),
      user: id,
      text: z.string().min(1),
      quote: z.string().optional(),
    }),
    z.strictObject({
      act: z.literal('send'),
      user: id,
      kind: z.enum(kinds),
      /** The attachment's payload; absent: a sample of the kind, served by the simulator. */
      payload: z.record(z.string(), z.unknown()).optional(),
      text: z.string().optional(),
    }),
    z.strictObject({ act: z.literal('react'), user: id, message: z.string(), icon: z.string() }),
    z.strictObject({ act: z.literal('info'), user: id, info: z.record(z.string(), z.unknown()) }),
    z.strictObject({ act: z.enum(['follow', 'unfollow', 'open_chat', 'withdraw', 'see']), user: id }),
    z.strictObject({ act: z.literal('old_follower'), user: id }),
    /** Refuses messages with this code; null: no more. */
    z.strictObject({ act: z.literal('refuse'), user: id, code: z.number().int().nullable() }),
    z.strictObject({ act: z.literal('last_wrote'), user: id, at: z.iso.datetime({ offset: true }) }),
    z.strictObject({ act: z.literal('phone'), user: id, phone: z.string().regex(/^84\d{9}$/) }),
  ]),
};
