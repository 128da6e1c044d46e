import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { questionChoices } from '../../knowledge/chat/articles';
import { placeName } from '../../org/chat/people';
import { numbered, signUpChoices } from './leading';
import { classesAt, namesPlaceUnderClasses } from './place-said';
import { askCommune, communeOf, communeTapped, unitsOf } from './where';

/** «Lớp gần tôi»: the next classes of the person's commune, each with a button. */

/** More are no help on a phone. */
const MOST = 5;

/** «Bao giờ có lớp», «lịch học tuần này», asked by who holds a post; others find the article that says so. */
const WHEN_ASKED =
  /^(?:(?:cho|toi|bac|em|hoi|xem|the|oi|thon) )*(?:(?:bao gio|khi nao|hom nao|luc nao|thu may|tuan nay|ngay nao)(?: (?:thi|lai|moi))* (?:co|mo|day)(?: (?:lop|buoi))(?: hoc)?|lich (?:lop )?(?:hoc|lop)|(?:lop|buoi) hoc (?:bao gio|hom nao|khi nao|luc nao))(?: (?:tuan nay|thang nay|trong xa|o xa|cua xa|cua thon|o thon|moi|nhi|a|em|the|vay|ha))*$/;

/** «Lớp gần tôi», «có lớp nào ở gần không», «xem lớp». */
const NEAR_ME =
  /^(?:(?:cho|toi|em|bac|xem|co|cac|nhung|tim|hoi) )*(?:lop|buoi hoc)(?: hoc)? (?:nao )?(?:o )?(?:gan|sap toi)(?: (?:toi|day|nha|nhat|minh|nao|khong|a|em))*$|^(?:(?:cho|toi|em|bac|xem|danh sach|cac) )+lop(?: hoc)?(?: (?:a|nhe|em|di))*$/;

/** «Where is a class near me», «are there any classes near my village». */
const NEAR_ME_IN_ENGLISH =
  /^(?:(?:hello|hi|please|can you|show|find|tell|me|is|are|there|any|where|when|which|what|the|a|next|nearest) )*(?:class|classes|training|lessons?)(?: (?:near|close to|around|nearest to) (?:me|here|my (?:house|home|village|place)))$/;

const near: Command<DialogDeps> = command<DialogDeps, { commune: string } | { place: string }>({
  id: 'classes-near',
  button: '#LOPGAN',
  says: [
    'lớp gần tôi',
    'lớp gần nhất',
    'lớp học gần nhà',
    'xem lớp',
    'danh sách lớp',
    'lớp sắp tới',
    'các lớp học',
    'class near me',
    'where is a class near me',
  ],
  help: 50,
  owns: namesPlaceUnderClasses,
  read: (message) => {
    const { fold, person, text } = message;
    if (namesPlaceUnderClasses(message)) return { place: text };
    return (person.offices.length > 0 && WHEN_ASKED.test(fold.trim())) ||
      NEAR_ME.test(fold) ||
      NEAR_ME_IN_ENGLISH.test(fold.trim())
      ? { commune: '' }
      : null;
  },
  tapped: (rest) => ({ commune: rest }),
  async run(turn, _message, said) {
    if ('place' in said) return classesAt(turn, said.place, showNear);
    const commune = communeTapped(turn, said.commune) ?? communeOf(turn);
    if (commune !== null) return showNear(turn, commune);
    return askCommune('');
  },
});

/** The list, or that there is none and what can be done. The person's own village stands first. */
export async function showNear(turn: Turn<DialogDeps>, commune: string): Promise<StepResult> {
  const own = new Set(turn.deps.directory.officesOf(turn.user, turn.at).map(({ unit }) => unit));
  const found = await turn.deps.classes.coming(unitsOf(turn, commune), turn.at);
  const views = [
    ...found.filter(({ record }) => own.has(record.unit)),
    ...found.filter(({ record }) => !own.has(record.unit)),
  ].slice(0, MOST);
  const unit = placeName(turn.deps, commune, turn.at);
  // Listed all the same: a place that is named next is another to look in.
  if (views.length === 0)
    return {
      ...sentence(turn, 'classes:none_near', { unit }, questionChoices(turn)),
      listed: { kind: 'class', ids: [] },
    };
  const open = views.filter(({ record }) => !record.planned);
  return {
    ...sentence(
      turn,
      'classes:near',
      { unit, list: numbered(turn, views) },
      signUpChoices(turn, open.length === views.length ? views : open),
    ),
    listed: {
      kind: 'class',
      ids: views.map(({ record }) => record.id),
      picks: views.map(({ record }) => `#LOPDK_${record.id}`),
    },
  };
}

export const NEAR_COMMANDS: readonly Command<DialogDeps>[] = [near];
