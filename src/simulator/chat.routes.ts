import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../kernel/clock';
import { repositoryRoot } from '../kernel/root';
import { isoWithOffset } from '../kernel/vn-time';
import type { ChatPerson, ChatSide } from './chat-side';
import { createEventStream } from './event-stream';
import { faultSchema } from './fault-schema';
import { answerRefusal, read, Refused } from './refusals';

/** The simulator's page and what it is driven by. `POST /clock` and `POST /say` are a promise to the outside. */

/** An invented office and the code with which somebody takes it. */
export interface OfficeCode {
  readonly unit: string;
  readonly unitName: string;
  readonly communeName: string;
  readonly role: string;
  readonly fullName: string;
  readonly code: string;
  readonly claimed: boolean;
}

export interface ChatRoutesOptions {
  readonly fake: ChatSide;
  readonly clock: Clock;
  /** Moves the clock forward, running what became due, in order; resolves with the time then. */
  readonly advanceClock: (to: Date) => Promise<Date>;
  /** Resolves once the bot has answered everything this person (the messenger's id) said. */
  readonly settled: (userId: string) => Promise<void>;
  readonly listCodes: () => Promise<readonly OfficeCode[]>;
  /** When the next reminder or other planned thing falls due; null: nothing is planned. */
  readonly nextDue: () => Promise<Date | null>;
}

const user = z.string().regex(/^[\w.-]{1,40}$/);
const bodies = {
  clock: z.object({ now: z.string() }),
  say: z.object({
    user,
    text: z.string().min(1).max(10_000),
    /** False: answer as soon as the webhook has taken it. */
    wait: z.boolean().default(true),
  }),
  tap: z.object({ user, message: z.string(), button: z.string(), wait: z.boolean().default(true) }),
  follow: z.object({ user, follow: z.boolean().default(true) }),
  one: z.object({ user }),
  person: z.object({ user: user.optional(), name: z.string().trim().max(80).default('') }),
};

export function createChatRoutes(options: ChatRoutesOptions): { readonly router: Router; close(): void } {
  const { fake, clock } = options;
  const root = repositoryRoot();
  const page = join(root, 'src', 'simulator', 'page');
  const stream = createEventStream(fake.feed, () => ({ now: isoWithOffset(clock.now()) }));
  const router = express.Router();
  router.use(express.json({ limit: '256kb' }));

  router.get('/', (_req, res) => res.sendFile(join(page, 'index.html')));
  router.use('/page', express.static(page, { index: false, maxAge: 0 }));
  router.get('/words/:locale', (req, res) => {
    const locale = req.params.locale === 'en' ? 'en' : 'vi';
    res.type('json').send(readFileSync(join(root, 'locales', locale, 'simulator.json'), 'utf8'));
  });
  router.get('/events', stream.open);

  router.get('/clock', async (_req, res) => {
    res.json(await clockView());
  });
  router.post('/clock', async (req, res) => {
    const to = instant(read(bodies.clock, req).now);
    if (to < clock.now()) throw new Refused(409, 'the clock only goes forward');
    await options.advanceClock(to);
    stream.tellClock();
    res.json(await clockView());
  });

  router.post('/say', async (req, res) => {
    const { user: id, text, wait } = read(bodies.say, req);
    res.json(await exchange(fake.person(id), (person) => person.types(text), wait));
  });
  router.post('/tap', async (req, res) => {
    const { user: id, message, button, wait } = read(bodies.tap, req);
    const person = fake.person(id);
    const shown = person.chat.find((m) => m.id === message);
    if (!shown?.buttons?.some((b) => b.title === button)) throw new Refused(400, 'no such button');
    res.json(await exchange(person, (p) => p.taps(button, message), wait));
  });
  router.post('/follow', async (req, res) => {
    const { user: id, follow } = read(bodies.follow, req);
    res.json(await exchange(fake.person(id), (p) => (follow ? p.follows() : p.unfollows()), true));
  });
  router.post('/seen', async (req, res) => {
    res.json({ told: await fake.person(read(bodies.one, req).user).sees() });
  });

  router.get('/people', (_req, res) => {
    res.json({ people: fake.people().map((person) => summary(person)) });
  });
  router.get('/people/:id', (req, res) => {
    res.json(view(fake.person(read(bodies.one, { body: { user: req.params.id } }).user)));
  });
  router.post('/people', (req, res) => {
    const { user: id, name } = read(bodies.person, req);
    const person = fake.person(id);
    if (name !== '') person.renames(name);
    res.json(view(person));
  });

  router.get('/codes', async (_req, res) => {
    res.json({ codes: await options.listCodes() });
  });
  router.get('/log', (req, res) => {
    res.json({ log: fake.feed.recent(Number(req.query['since'] ?? 0)) });
  });
  router.get('/fault', (_req, res) => {
    res.json({ faults: fake.fail.pending });
  });
  router.post('/fault', (req, res) => {
    fake.fail.next(read(faultSchema, req));
    res.json({ faults: fake.fail.pending });
  });
  router.delete('/fault', (_req, res) => {
    fake.fail.clear();
    res.json({ faults: [] });
  });

  router.use(answerRefusal);

  async function clockView() {
    const due = await options.nextDue();
    return { now: isoWithOffset(clock.now()), nextDue: due === null ? null : isoWithOffset(due) };
  }

  /** Does it and, when asked to wait, answers what the bot sent since: exactly as it was sent. */
  async function exchange(person: ChatPerson, act: (person: ChatPerson) => Promise<boolean>, wait: boolean) {
    const since = fake.lastSend;
    const delivered = await act(person);
    if (wait && delivered) await options.settled(person.id);
    const replies = fake.sendsTo(person.id, since).map(({ path, body }) => ({ path, body }));
    return { replies, delivered };
  }

  return { router, close: stream.close };
}

function summary(person: ChatPerson) {
  const last = person.chat.at(-1);
  return {
    id: person.id,
    name: person.name,
    follows: person.isFollower,
    unseen: person.heard.filter((message) => message.state === 'unseen').length,
    last: last ? { text: last.tapped ?? last.text, at: last.at } : null,
  };
}

function view(person: ChatPerson) {
  return { ...summary(person), chat: person.chat };
}

/** An ISO instant with its offset; a day or a local time is none. */
function instant(text: string): Date {
  const at = DateTime.fromISO(text, { setZone: true });
  if (!at.isValid || !/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text))
    throw new Refused(400, 'now: must be an instant such as 2026-03-17T08:00:00+07:00');
  return at.toJSDate();
}
