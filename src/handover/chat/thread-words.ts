import type { Choice } from '../../conversation/dialog';
import type { TemplateData } from '../../channels/channel';
import type { Words } from '../../kernel/i18n';
import type { UserKey } from '../../kernel/ids';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import { calledName, placeName, spokenName, type OrgView } from '../../org/chat/people';
import type { Office } from '../../org/office';
import { postFor } from '../desk';
import type { Holder, Thread } from '../thread';

/** How threads, desks and those who hold them are called. */

/** «14:30», or with the day when it is another: «8:30 thứ Hai 16/3». */
export function timeOf(words: Words, instant: Date, at: Date): string {
  if (vnDay(instant) === vnDay(at)) return inVietnam(instant).toFormat('H:mm');
  return moment(words, instant);
}

/** «bộ phận Một cửa xã Tân Hòa»; at the province «Sở Khoa học và Công nghệ». */
export function deskName(words: Words, org: OrgView, desk: string, at: Date): string {
  const unit = org.directory.tree.getNearest(desk, vnDay(at));
  if (unit?.level === 'province') return words.t('handover:desk_province');
  return words.t('handover:desk', { unit: placeName(org, desk, at) });
}

/** The holder by name; «cán bộ» when nobody in particular is known. */
export function holderName(words: Words, org: OrgView, thread: Thread, at: Date): string {
  const office = holdersOffice(org, thread.standing.holder, thread.desk, at);
  return office ? spokenName(words, office) : words.t('handover:an_officer');
}

function holdersOffice(org: OrgView, holder: Holder | null, desk: string, at: Date): Office | null {
  if (!holder || holder.user === null) return null;
  return (
    org.directory.officesOf(holder.user, at).find(({ id }) => id === holder.office) ??
    postFor(org.directory, holder.user, desk, at)
  );
}

/** Who asks, for those who answer: «bác Tư (thôn Đông Lâm)»; of citizens no name is known. */
export function personName(words: Words, org: OrgView, thread: Thread, at: Date): string {
  const office = org.directory.officesOf(thread.by, at)[0];
  if (!office) return words.t('handover:a_citizen');
  const name = calledName(words, office);
  return words.t('handover:a_holder', { name, unit: placeName(org, office.unit, at) });
}

/** The first thing it is about, short; «chưa nói việc gì» when nothing was said. */
export function topicOf(words: Words, thread: Thread): string {
  const text = thread.topics[0] ?? thread.lines.find(({ from }) => from === 'person')?.text ?? '';
  const points = [...text];
  if (text === '') return words.t('handover:no_topic');
  return points.length <= 80 ? text : `${points.slice(0, 79).join('').trimEnd()}…`;
}

/** A button that means this thread on any day. */
export function threadChoice(words: Words, id: string, word: `#${string}`, label: string): Choice {
  return {
    id: word.slice(1),
    label: words.t(`handover:buttons.${label}`),
    command: `${word}_${id.toUpperCase()}`,
  };
}

/** The values of an approved template, for those who can only be reached so: never the words of anybody. */
export function templateOf(words: Words, org: OrgView, thread: Thread, to: UserKey, at: Date): TemplateData {
  const office = org.directory.officesOf(to, at)[0];
  return {
    ten: office?.fullName ?? words.t('handover:template.person'),
    don_vi: placeName(org, thread.desk, at),
    ky: inVietnam(at).toFormat('d/M/yyyy'),
    han: thread.promisedAt ? moment(words, thread.promisedAt) : words.t('handover:template.no_deadline'),
    noi_dung: words.t(`handover:template.${office ? 'officer' : 'citizen'}`),
  };
}
