import express, { type Request, type Router } from 'express';
import type { z } from 'zod';
import type { Clock } from '../kernel/clock';
import { consoleSchemas as bodies } from './console-schemas';
import type { FakeZalo } from './fake-zalo';
import { changeProfile } from './openapi/api-context';
import type { Visitor } from './openapi/old-message';
import { read, Refused } from './refusals';
import { payloadOf, samplePayload } from './sample-media';
import { newMessageId } from './zalo-events';
import { visitorEvent } from './zalo-group-events';

/** What people do besides typing and tapping, and visitors without an account; and the files they have at hand. */

const FILE_MAX = '6mb';
type Act = z.output<typeof bodies.act>;

export function createPeopleRoutes(deps: { readonly fake: FakeZalo; readonly clock: Clock }): Router {
  const { fake, clock } = deps;
  const router = express.Router();

  router.post('/act', async (req, res) => {
    const asked = read(bodies.act, req);
    const delivered = await act(asked);
    res.json({ delivered, message: fake.person(asked.user).chat.at(-1)?.id ?? null });
  });

  function act(asked: Act): Promise<boolean> | boolean {
    const person = fake.person(asked.user);
    switch (asked.act) {
      case 'type':
        return person.types(asked.text, asked.quote);
      case 'send':
        return person.sends(asked.kind, asked.payload ?? samplePayload(fake.media, asked.kind), asked.text);
      case 'react':
        return person.reacts(asked.message, asked.icon);
      case 'info':
        return person.submitsInfo(asked.info);
      case 'follow':
        return person.follows();
      case 'unfollow':
        return person.unfollows();
      case 'open_chat':
        return person.opensChat();
      case 'withdraw':
        return person.withdraws();
      case 'see':
        return person.sees();
      case 'old_follower':
        person.followsSinceLong();
        return true;
      case 'refuse':
        person.refuses(asked.code);
        return true;
      case 'last_wrote':
        person.lastWrote(new Date(asked.at));
        return true;
      case 'phone':
        changeProfile(fake.desk, person.id, { phone: asked.phone });
        return true;
    }
  }

  /** A file of the one who plays, as the body; `kind` says what it is sent as. */
  router.post('/send-file', express.raw({ type: '*/*', limit: FILE_MAX }), async (req: Request, res) => {
    const { user, kind, name } = req.query;
    const isKind = kind === 'image' || kind === 'audio' || kind === 'file';
    if (typeof user !== 'string' || !fake.isKnown(user) || !isKind || typeof name !== 'string')
      throw new Refused(400, 'user, kind and name are needed');
    if (!Buffer.isBuffer(req.body)) throw new Refused(400, 'the file is empty');
    res.json({ delivered: await fake.person(user).sends(kind, payloadOf(fake.media, kind, name, req.body)) });
  });

  router.post('/visitor', async (req, res) => {
    const { id, conversation, text, image } = read(bodies.visitor, req);
    const visitors = fake.desk.state.table<Visitor>('visitor');
    const known = visitors.get(id) ?? { id, conversationId: conversation, chat: [] };
    const at = clock.now();
    const messageId = newMessageId();
    const said = { id: messageId, from: 'person', text: text ?? '', at: at.getTime() } as const;
    visitors.put(id, { ...known, conversationId: conversation, chat: [...known.chat, said].slice(-50) });
    const attachments =
      image === undefined
        ? {}
        : { attachments: [{ type: 'image', payload: { thumbnail: image, url: image } }] };
    const message = {
      ...{ conversation_id: conversation },
      ...(text === undefined ? {} : { text }),
      ...{ msg_id: messageId },
      ...attachments,
    };
    const { appId, oaId } = fake.desk;
    const event = visitorEvent(
      { appId, oaId, userId: id, at },
      image === undefined ? 'text' : 'image',
      message,
    );
    res.json({ delivered: await fake.announces(event), message: messageId });
  });

  return router;
}
