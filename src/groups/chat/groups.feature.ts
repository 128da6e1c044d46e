import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature, type Command, type Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName, type Person } from '../../org/chat/people';
import { can } from '../../org/roles';
import { asksForConsent, digestOf } from '../difference';
import { readGroupTap, type GroupAct, type TappedGroup } from '../group-words';
import type { GroupEffect } from './group-effects';
import { ownGroup, previewGroup, showGroup, showPlaces, whichCommune } from './group-screens';

/** The commune's official group in chat: how it stands, having it made, agreeing to its difference; and the places there are. */

const isInCharge = ({ offices }: Person): boolean => offices.some(({ role }) => can(role, 'runs_group'));
const belongs = (person: Person): boolean => isInCharge(person) || person.reporting.length > 0;
const buys = ({ offices }: Person): boolean => offices.some(({ role }) => can(role, 'buys_groups'));

const look: Command<DialogDeps> = {
  id: 'group',
  tells: true,
  says: ['nhóm', 'nhóm zalo', 'nhóm xã', 'xem nhóm zalo', 'nhóm zalo của xã', 'ai trong nhóm zalo'],
  for: belongs,
  strong: true,
  run: async (turn) => ofCommune(turn, 'XEM'),
};

const make: Command<DialogDeps> = {
  id: 'make-group',
  says: ['lập nhóm', 'lập nhóm zalo', 'tạo nhóm zalo', 'mở nhóm zalo cho xã', 'lập lại nhóm zalo'],
  for: isInCharge,
  strong: true,
  run: async (turn) => ofCommune(turn, 'LAP'),
};

const invite: Command<DialogDeps> = {
  id: 'invite-to-group',
  says: [
    'mời vào nhóm',
    'mời vào nhóm zalo',
    'mời mọi người vào nhóm',
    'mời trưởng thôn vào nhóm',
    'mời thêm người vào nhóm zalo',
  ],
  help: 75,
  for: isInCharge,
  strong: true,
  run: async (turn) => ofCommune(turn, 'XEM'),
};

const places: Command<DialogDeps> = {
  id: 'group-places',
  tells: true,
  says: [
    'suất nhóm',
    'suất nhóm zalo',
    'xem suất nhóm zalo',
    'còn mấy suất nhóm zalo',
    'còn suất nhóm zalo không',
  ],
  help: 76,
  for: buys,
  strong: true,
  run: showPlaces,
};

const button: Command<DialogDeps> = {
  id: 'group-button',
  button: '#NHOM',
  says: [],
  run: async (turn, { tap }) => {
    const tapped = readGroupTap(tap ?? '');
    return tapped ? byTap(turn, tapped) : sentence(turn, 'groups:not_yours');
  },
};

/** The communes the person answers for; otherwise those of their villages. */
async function ofCommune(turn: Turn<DialogDeps>, act: GroupAct): Promise<StepResult> {
  const mine = turn.deps.groups.inChargeOf(turn.user, turn.at);
  const communes = mine.length > 0 ? mine : [...new Set(communesOfVillages(turn))];
  const [first] = communes;
  if (first === undefined) return sentence(turn, 'groups:not_yours');
  if (communes.length > 1) return whichCommune(turn, communes, act);
  return open(turn, first, act);
}

function communesOfVillages(turn: Turn<DialogDeps>): readonly string[] {
  const { tree } = turn.deps.directory;
  return personOf(turn).reporting.flatMap(({ unit }) => tree.get(unit, vnDay(turn.at))?.parent ?? []);
}

function open(turn: Turn<DialogDeps>, commune: string, act: GroupAct): Promise<StepResult> {
  if (!turn.deps.groups.inChargeOf(turn.user, turn.at).includes(commune)) return ownGroup(turn, commune);
  return act === 'LAP' ? previewGroup(turn, commune) : showGroup(turn, commune);
}

/** By a button, which may be anybody's: rights are read here and again where it is written. */
async function byTap(turn: Turn<DialogDeps>, tapped: TappedGroup): Promise<StepResult> {
  const { act, commune } = tapped;
  const decides = turn.deps.groups.inChargeOf(turn.user, turn.at).includes(commune);
  const lives = communesOfVillages(turn).includes(commune);
  if (act === 'VAO' && (decides || lives)) return comeBack(turn, commune);
  if (act === 'XEM' && lives && !decides) return ownGroup(turn, commune);
  if (!decides) return sentence(turn, 'groups:not_yours');
  if (act === 'TAO') return create(turn, commune);
  if (act === 'DONGY' || act === 'MOI') return agree(turn, tapped);
  return open(turn, commune, act);
}

async function create(turn: Turn<DialogDeps>, commune: string): Promise<StepResult> {
  const { off, group } = await turn.deps.groups.of(commune, turn.at);
  const isWanted = group.state === 'none' || group.state === 'gone';
  if (off !== null || group.order !== null || !isWanted) return showGroup(turn, commune);
  return done(turn, 'groups:make.begun', commune, { kind: 'group.create', ...about(turn, commune) });
}

/** Only to what was shown: when the list has changed since, it is shown again. */
async function agree(turn: Turn<DialogDeps>, { act, commune, digest }: TappedGroup): Promise<StepResult> {
  const { off, group, difference } = await turn.deps.groups.of(commune, turn.at);
  if (off !== null || group.state !== 'on' || group.order !== null) return showGroup(turn, commune);
  if (!asksForConsent(difference)) return showGroup(turn, commune, turn.words.t('groups:already_done'));
  if (digestOf(difference) !== digest) return showGroup(turn, commune, turn.words.t('groups:changed'));
  const { add, accept } = difference;
  const remove = act === 'DONGY' ? difference.remove : [];
  return done(turn, 'groups:begun', commune, {
    ...{ kind: 'group.change', ...about(turn, commune), add, accept, remove },
  });
}

async function comeBack(turn: Turn<DialogDeps>, commune: string): Promise<StepResult> {
  return done(turn, 'groups:own.back', commune, { kind: 'group.come_back', ...about(turn, commune) });
}

function about(turn: Turn<DialogDeps>, commune: string) {
  return { id: turn.effectId(), commune, by: turn.user, at: turn.at };
}

function done(turn: Turn<DialogDeps>, key: string, commune: string, effect: GroupEffect): StepResult {
  const vars = { unit: placeName(turn.deps, commune, turn.at) };
  return { ...sentence(turn, key, vars), effects: [effect] };
}

const AGREES = /^(?:em )?(?:dong y|nhat tri|lam di)(?: nhe| a| em| nha)*$/;

/** «đồng ý» alone answers a question about a group only when it is what was shown last and nothing else is asked. */
async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  if (!AGREES.test(message.fold) || isAsked(message.conversation)) return null;
  const shown = await turn.deps.shown(turn.user, 1, turn.event);
  const tapped = shown?.startsWith('#NHOM_') ? readGroupTap(shown.slice('#NHOM_'.length)) : null;
  return tapped ? byTap(turn, tapped) : null;
}

export default defineFeature<DialogDeps>({
  id: 'groups',
  commands: [look, make, invite, places, button],
  dialogs: [],
  otherwise,
});
