import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { dayIn, momentShort } from '../../kernel/moment';
import { vnDay } from '../../kernel/vn-time';
import { capital } from '../../kernel/vn-text';
import { placeName, personOf } from '../../org/chat/people';
import { groupName } from '../group-maker';
import { consentChoices, dayOf, differenceLines, groupPayload, type GroupAct } from '../group-words';
import type { Standing } from '../groups.view';

/** What those in charge of a group, and its members, are shown of it. */

type Shown = readonly { readonly label: string; readonly payload: string }[];

/** How the group stands, and what could be agreed to. `note`: said before it. */
export async function showGroup(turn: Turn<DialogDeps>, commune: string, note = ''): Promise<StepResult> {
  const standing = await turn.deps.groups.of(commune, turn.at);
  const { off, group } = standing;
  const unit = placeName(turn.deps, commune, turn.at);
  const vars = { unit, Unit: capital(unit), name: group.name };
  const say = (key: string, choices: Shown = []): StepResult =>
    withNote(sentence(turn, key, vars, buttons(choices)), note);
  if (off !== null) return say(`groups:off.${off}`);
  if (group.order !== null) return say('groups:busy');
  switch (group.state) {
    case 'none':
      return say('groups:none', [making(turn, commune, 'make')]);
    case 'gone':
      return say('groups:gone_now', [making(turn, commune, 'rebuild')]);
    case 'disabled':
      return say('groups:disabled');
    case 'on':
      return withNote(standingGroup(turn, standing), note);
  }
}

/** Whom a new group would have, and what happens with the others. */
export async function previewGroup(turn: Turn<DialogDeps>, commune: string): Promise<StepResult> {
  const { off, group, seats, difference } = await turn.deps.groups.of(commune, turn.at);
  const isWanted = group.state === 'none' || group.state === 'gone';
  if (off !== null || group.order !== null || !isWanted) return showGroup(turn, commune);
  const unit = placeName(turn.deps, commune, turn.at);
  const people = new Set(seats.flatMap(({ user }) => user ?? [])).size;
  const vars = {
    ...{ unit, name: groupName(turn.words, unit) },
    ...{ people, untaken: difference.untaken.length },
  };
  const key = difference.untaken.length > 0 ? 'groups:make.preview_some' : 'groups:make.preview';
  const choice = { label: turn.words.t('groups:buttons.agree'), payload: groupPayload('TAO', commune) };
  return sentence(turn, key, vars, buttons([choice]));
}

/** A member, or somebody who should be one, asks for the group of their commune. */
export async function ownGroup(turn: Turn<DialogDeps>, commune: string): Promise<StepResult> {
  const { group, difference } = await turn.deps.groups.of(commune, turn.at);
  const unit = placeName(turn.deps, commune, turn.at);
  const isMe = ({ user }: { readonly user: string }): boolean => user === turn.user;
  const vars = { unit, Unit: capital(unit), name: group.name, link: group.link ?? '' };
  if (group.state !== 'on') return sentence(turn, 'groups:own.none', vars);
  if (group.members.some(isMe)) return sentence(turn, 'groups:own.inside', vars);
  if (group.pending.some(isMe)) return sentence(turn, 'groups:own.waiting', vars);
  const left = difference.left.find(isMe);
  if (!left)
    return sentence(turn, group.link === null ? 'groups:own.outside_plain' : 'groups:own.outside', vars);
  const back = { label: turn.words.t('groups:buttons.back'), payload: groupPayload('VAO', commune) };
  return sentence(turn, 'groups:own.left', { ...vars, day: dayOf(left.until) }, buttons([back]));
}

/** Which places there are, who is in them and until when. */
export async function showPlaces(turn: Turn<DialogDeps>): Promise<StepResult> {
  const { words, deps, at } = turn;
  if (deps.groups.off !== null) return sentence(turn, `groups:off.${deps.groups.off}`);
  const known = await deps.groups.places();
  if (!known) return sentence(turn, 'groups:places.unread');
  const free = known.places.filter(({ asset }) => asset.free).length;
  const head = words.t('groups:places.head', {
    ...{ all: known.places.length, free, when: momentShort(words, known.at) },
  });
  const names = known.places.map(({ asset, commune }) =>
    words.t(asset.validThrough === null ? 'groups:places.line_open' : 'groups:places.line', {
      size: asset.size,
      day: dayIn(asset.validThrough ?? vnDay(at)),
      who: asset.free
        ? words.t('groups:places.free')
        : commune === null
          ? words.t('groups:lapsing.unknown')
          : placeName(deps, commune, at),
    }),
  );
  if (names.length === 0) return sentence(turn, 'groups:places.none');
  return { move: { to: 'dialog', dialog: 'listing', slots: { head, names } } };
}

/** Somebody in charge of several communes, or member of several, says of which one. */
export function whichCommune(turn: Turn<DialogDeps>, communes: readonly string[], act: GroupAct): StepResult {
  const choices = communes.slice(0, 4).map((code) => ({
    label: placeName(turn.deps, code, turn.at).slice(0, 20),
    payload: groupPayload(act, code),
  }));
  return sentence(turn, 'groups:which', {}, buttons(choices));
}

function standingGroup(turn: Turn<DialogDeps>, { group, difference }: Standing): StepResult {
  const { words, at, deps } = turn;
  const { commune, name, members, asset, link, comparedAt } = group;
  const place =
    asset?.validThrough == null
      ? ''
      : words.t('groups:place', { size: asset.size, day: dayIn(asset.validThrough) });
  const lines = differenceLines(words, difference, deps.groups.names(words, commune, at));
  const untaken = difference.untaken.length;
  // Whoever cannot be invited may still ask to join.
  const asksBy = difference.notFollowing.length > 0 ? link : null;
  const rest = [
    asksBy === null ? '' : `\n${words.t('groups:link', { link: asksBy })}`,
    untaken === 0 ? '' : `\n${words.t('groups:untaken', { ...personOf(turn).vars, count: untaken })}`,
  ].join('');
  const when = comparedAt === null ? '' : momentShort(words, comparedAt);
  const vars = { name, members: members.length, place, when, rest, lines: lines.join('\n') };
  const key = lines.length === 0 ? 'groups:standing.complete' : 'groups:standing.differs';
  return sentence(turn, key, vars, buttons(consentChoices(words, commune, difference)));
}

function making(turn: Turn<DialogDeps>, commune: string, label: 'make' | 'rebuild') {
  return { label: turn.words.t(`groups:buttons.${label}`), payload: groupPayload('LAP', commune) };
}

function buttons(choices: Shown) {
  return choices.map(({ label, payload }, i) => ({ id: `N${i + 1}`, label, command: payload }));
}

function withNote(result: StepResult, note: string): StepResult {
  return note === '' ? result : { ...result, notes: [note] };
}
