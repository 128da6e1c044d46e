import type { InboundEvent } from '../../src/channels/channel';
import { defineDialog, type AnyEffect, type Conversation, type Effect } from '../../src/conversation/dialog';
import type { Engine } from '../../src/conversation/engine';
import type { ConversationRepo, Lease } from '../../src/conversation/conversation.repo';
import type { InboxRepo, InboxRow } from '../../src/inbox/inbox.repo';
import type { Words } from '../../src/kernel/i18n';

/** A small world for the engine alone: words that show their key, stores in memory, and a dialog that adds numbers up. */

export const plainWords: Words = {
  locale: 'vi',
  has: () => true,
  t: (key, vars = {}) => (Object.keys(vars).length === 0 ? key : `${key} ${JSON.stringify(vars)}`),
};

export interface Sum {
  readonly total: () => number;
}

export interface AddEffect extends Effect {
  readonly kind: 'add';
  readonly value: number;
}

/** Asks for numbers and adds each; «stop» ends it, anything else is not for it. */
export const adding = defineDialog<Sum>({
  id: 'adding',
  version: 1,
  first: 'number',
  steps: {
    number: {
      to: ['number', 'done'],
      digits: 'own',
      ask: async ({ slots }) => ({
        text: `so far ${Number(slots['count'] ?? 0)}`,
        choices: [{ id: 'STOP', label: 'Stop' }],
      }),
      async receive({ turn, slots }, input) {
        if (input.choice === 'STOP' || input.text === 'stop') return { move: { to: 'step', step: 'done' } };
        if (!/^\d+$/.test(input.text)) return { move: { to: 'pass' } };
        const effect: AddEffect = { kind: 'add', id: turn.effectId(), value: Number(input.text) };
        return {
          move: { to: 'step', step: 'number', slots: { count: Number(slots['count'] ?? 0) + 1 } },
          // The program knows no such write; nor does the type of all.
          effects: [effect as unknown as AnyEffect],
        };
      },
    },
    done: { to: [], run: async () => ({ move: { to: 'end', say: { text: 'finished' } } }) },
  },
  comeBack: async () => ({ text: 'back to adding', choices: [{ id: 'STOP', label: 'Stop' }] }),
  oldButton: async () => ({ move: { to: 'here', say: { text: 'an old button' } } }),
});

export function addingEngine(dialog = adding): Engine<Sum> {
  return {
    dialogs: new Map([[dialog.id, dialog]]),
    first: async () => null,
    isCommand: (turn) => turn.event.text.startsWith('/'),
    oldButton: () => ({ move: { to: 'here', say: { text: 'gone' } } }),
    doubt: (_turn, label) => `${label}?`,
    locale: () => null,
    route: async (turn) => {
      if (turn.event.text === '/start' || turn.event.text === 'start')
        return { kind: 'result', result: { move: { to: 'dialog', dialog: 'adding', slots: {} } } };
      if (turn.event.text === 'why')
        return { kind: 'result', result: { move: { to: 'here', say: { text: 'because' } } } };
      return { kind: 'unknown', say: async () => ({ text: 'unknown' }) };
    },
  };
}

export function textEvent(id: string, text: string, at: Date, user = 'zalo:1'): InboundEvent {
  return {
    id,
    channel: 'zalo',
    kind: 'text',
    name: 'user_send_text',
    user,
    eventAt: at,
    text,
    secrets: [],
    opensWindow: true,
  };
}

/** Conversations in memory with the rules of the real store: one lease, refused when lost. */
export function memoryConversations(): ConversationRepo & { readonly all: Map<string, Conversation> } {
  const all = new Map<string, Conversation>();
  const leases = new Map<string, { fence: number; owner: string | null; until: number }>();
  return {
    all,
    async take(user, owner, now, leaseMs): Promise<Lease | null> {
      const lease = leases.get(user) ?? { fence: 0, owner: null, until: 0 };
      if (lease.owner !== null && lease.owner !== owner && lease.until > now.getTime()) return null;
      const next = { fence: lease.fence + 1, owner, until: now.getTime() + leaseMs };
      leases.set(user, next);
      const conversation = all.get(user) ?? { user, turn: 0, lastEvents: [], stack: [], locale: '' };
      return { conversation, fence: next.fence };
    },
    async save(conversation, fence, { release, until }) {
      const lease = leases.get(conversation.user);
      if (lease?.fence !== fence) return false;
      all.set(conversation.user, structuredClone(conversation));
      leases.set(
        conversation.user,
        release ? { ...lease, owner: null } : { ...lease, until: until.getTime() },
      );
      return true;
    },
    async renew(user, fence, until) {
      const lease = leases.get(user);
      if (lease?.fence === fence) leases.set(user, { ...lease, until: until.getTime() });
    },
    async release(user, fence) {
      const lease = leases.get(user);
      if (lease?.fence === fence) leases.set(user, { ...lease, owner: null });
    },
    find: async (user) => all.get(user) ?? null,
  };
}

export interface MemoryInbox extends Pick<
  InboxRepo,
  'waiting' | 'done' | 'interrupted' | 'failed' | 'setAside' | 'waitingUsers' | 'countWaiting' | 'insert'
> {
  readonly rows: Map<string, InboxRow & { state: 'new' | 'done' | 'dead'; reason: string | null }>;
}

export function memoryInbox(): MemoryInbox {
  const rows: MemoryInbox['rows'] = new Map();
  const change = (
    id: string,
    what: Partial<InboxRow & { state: 'new' | 'done' | 'dead'; reason: string | null }>,
  ): void => {
    const row = rows.get(id);
    if (row) rows.set(id, { ...row, ...what });
  };
  return {
    rows,
    async insert(row) {
      if (rows.has(row.id)) return 'seen';
      rows.set(row.id, { ...row, state: 'new', reason: null });
      return 'new';
    },
    async waiting(user, limit) {
      return [...rows.values()]
        .filter((row) => row.state === 'new' && row.user === user)
        .sort((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime() || a.seq - b.seq)
        .slice(0, limit);
    },
    async waitingUsers(before) {
      return [
        ...new Set(
          [...rows.values()]
            .filter((row) => row.state === 'new' && row.arrivedAt < before)
            .map((row) => row.user),
        ),
      ];
    },
    countWaiting: async () => [...rows.values()].filter((row) => row.state === 'new').length,
    done: async (id) => change(id, { state: 'done' }),
    interrupted: async (id) => change(id, { interrupted: (rows.get(id)?.interrupted ?? 0) + 1 }),
    failed: async (id) => change(id, { attempts: (rows.get(id)?.attempts ?? 0) + 1 }),
    setAside: async (id, reason) => change(id, { state: 'dead', reason }),
  };
}
