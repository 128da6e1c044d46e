import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { HandOvers, Proposal } from '../hand-over.service';
import type { NamedHead, NewHeads } from '../new-heads.service';

/** What a talk about a post that changes hands writes. Each may be repeated: the id makes it one. */

export interface ProposeHandOver extends Effect {
  readonly kind: 'org.proposeHandOver';
  readonly proposal: Omit<Proposal, 'id'>;
}

/** The commune's yes or no, or the holder's own change of mind. */
export interface DecideHandOver extends Effect {
  readonly kind: 'org.agreeHandOver' | 'org.dropHandOver';
  readonly officeId: string;
  readonly handover: string;
  readonly by: UserKey;
  readonly at: Date;
}

export interface AcceptPost extends Effect {
  readonly kind: 'org.acceptPost';
  readonly officeId: string;
  readonly user: UserKey;
  readonly at: Date;
  /** The privacy notice the person had before them when they said yes. */
  readonly notice: { readonly version: string; readonly eventId: string };
}

export interface InviteToPost extends Effect {
  readonly kind: 'org.inviteToPost';
  readonly officeId: string;
  readonly user: UserKey;
  readonly by: UserKey;
  readonly at: Date;
}

export interface AskForPost extends Effect {
  readonly kind: 'org.askForPost';
  readonly officeId: string;
  readonly user: UserKey;
  readonly at: Date;
}

/** Takes the post from an account that is not the holder's. */
export interface CutAccount extends Effect {
  readonly kind: 'org.cutAccount';
  readonly officeId: string;
  readonly user: UserKey;
  readonly by: UserKey;
  readonly at: Date;
}

export interface EndPost extends Effect {
  readonly kind: 'org.endPost';
  readonly officeId: string;
  /** `YYYY-MM-DD` */
  readonly lastDay: string;
  readonly by: UserKey;
  readonly at: Date;
}

/** The code itself stands in no effect: it follows from the post and the id. */
export interface GiveCode extends Effect {
  readonly kind: 'org.giveCode';
  readonly officeId: string;
  readonly by: UserKey;
  readonly at: Date;
}

/** Who leads a village that nobody leads yet. */
export interface NameHead extends Effect, NamedHead {
  readonly kind: 'org.nameHead';
}

export type HandOverEffect =
  | ProposeHandOver
  | DecideHandOver
  | AcceptPost
  | InviteToPost
  | AskForPost
  | CutAccount
  | EndPost
  | GiveCode
  | NameHead;

export function handOverEffects(
  posts: Pick<
    HandOvers,
    'propose' | 'agree' | 'drop' | 'accept' | 'invite' | 'ask' | 'cut' | 'end' | 'giveCode'
  >,
  heads: NewHeads,
): EffectHandlers<HandOverEffect> {
  const done = (did: boolean): 'done' | 'conflict' => (did ? 'done' : 'conflict');
  return {
    'org.proposeHandOver': async ({ id, proposal }) => done(await posts.propose({ ...proposal, id })),
    'org.nameHead': async (effect) => done(await heads.name(effect)),
    'org.agreeHandOver': async ({ officeId, handover, by, at }) =>
      done(await posts.agree(officeId, handover, by, at)),
    'org.dropHandOver': async ({ officeId, handover, by, at }) =>
      done(await posts.drop(officeId, handover, by, at)),
    'org.acceptPost': async ({ id, officeId, user, at, notice }) =>
      done(await posts.accept({ officeId, user, effectId: id, at, notice })),
    'org.askForPost': async ({ officeId, user }) => done(await posts.ask(officeId, user)),
    'org.cutAccount': async ({ id, officeId, user, by, at }) =>
      done(await posts.cut(officeId, user, by, id, at)),
    'org.endPost': async ({ officeId, lastDay, by, at }) => done(await posts.end(officeId, lastDay, by, at)),
    'org.giveCode': async ({ id, officeId, by, at }) => done(await posts.giveCode(officeId, id, by, at)),
    'org.inviteToPost': async ({ officeId, user, by, at }) =>
      done(await posts.invite(officeId, user, by, at)),
  };
}
