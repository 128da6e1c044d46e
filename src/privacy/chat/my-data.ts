import type { NoteSeen } from '../../audit/seen-effects';
import type { StepResult, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { inVietnam } from '../../kernel/vn-time';
import { momentShort } from '../../kernel/moment';
import { fullPlaceName, personOf, placeName } from '../../org/chat/people';

/** «Xem dữ liệu của tôi»: everything that is kept about the person who asks, and nothing about others; the audit has that it was shown. */
export async function myData(turn: Turn<DialogDeps>): Promise<StepResult> {
  const { deps, user, at, event } = turn;
  const { offices } = personOf(turn);
  const say = sayer(turn);
  const kept = await deps.kept(user, at);
  const lines = [
    ...(await ofPosts(turn)),
    ...(await ofClasses(turn, kept)),
    ...ofManner(turn, kept),
    ...(deps.isMuted(user) ? [say('muted')] : []),
    ...(offices.length > 0 ? [say('figures'), say('audit')] : [say('unanswered')]),
    say('messages'),
  ];
  const shown: NoteSeen = {
    ...{ kind: 'audit.seen', id: turn.effectId(), what: 'data', by: user, at },
    ...{ unit: offices[0]?.unit ?? null, subject: 'person', eventId: event.id },
  };
  return {
    ...answer({
      text: `${say('head')}\n${lines.map((line) => `- ${line}`).join('\n')}\n${say('foot')}`,
    }),
    effects: [shown],
  };
}

type Kept = Awaited<ReturnType<DialogDeps['kept']>>;
type Say = (key: string, more?: Readonly<Record<string, string | number>>) => string;

function sayer(turn: Turn<DialogDeps>): Say {
  const { vars } = personOf(turn);
  return (key, more = {}) => turn.words.t(`privacy:data.${key}`, { ...vars, ...more });
}

/** Their posts with name and number, what they agreed to, and where they live. */
async function ofPosts(turn: Turn<DialogDeps>): Promise<string[]> {
  const { words, deps, user, at } = turn;
  const { offices } = personOf(turn);
  const say = sayer(turn);
  const lines: string[] = [];
  for (const { id, role, unit, fullName } of offices) {
    const phone = await deps.org.phoneOf(id);
    lines.push(
      say('post', {
        post: words.t(`privacy:roles.${role}`),
        unit: fullPlaceName(deps, unit, at),
        name: fullName,
        phone: phone === null ? say('no_phone') : covered(phone),
      }),
    );
  }
  const consent = await deps.org.consentOf(user);
  if (consent) lines.push(say('consent', { when: momentShort(words, consent.at), version: consent.version }));
  const commune = deps.classes.communeOf(user, at);
  if (commune !== null && offices.length === 0)
    lines.push(say('commune', { unit: placeName(deps, commune, at) }));
  return lines;
}

/** Classes to come and those that are over, what they wish to be invited to, and talks with a human. */
async function ofClasses(turn: Turn<DialogDeps>, { classesBefore, wishes, talks }: Kept): Promise<string[]> {
  const { words, deps, user, at } = turn;
  const say = sayer(turn);
  const coming = (await deps.classes.ofPerson(user, at)).map(({ record }) =>
    say('class', {
      topic: record.topic ?? words.t('classes:no_topic'),
      when: inVietnam(record.startsAt).toFormat('d/M'),
    }),
  );
  const titles = wishes.map(
    (topic) =>
      deps.articles(words.locale).find(({ id }) => id === topic)?.title ?? words.t('classes:asked.other'),
  );
  return [
    ...coming,
    ...(classesBefore > 0 ? [say('classes_before', { count: classesBefore })] : []),
    ...(titles.length > 0 ? [say('wishes', { titles: titles.map((one) => `«${one}»`).join(', ') })] : []),
    ...(talks
      ? [say('talks', { count: talks.count, when: inVietnam(talks.last).toFormat('d/M/yyyy') })]
      : []),
  ];
}

/** How and when they write, and how they want to be written to. */
function ofManner(
  turn: Turn<DialogDeps>,
  { lastWroteAt, usualHour, locale, address, manner }: Kept,
): string[] {
  const { words } = turn;
  const say = sayer(turn);
  return [
    ...(lastWroteAt ? [say('last_wrote', { when: momentShort(words, lastWroteAt) })] : []),
    ...(usualHour ? [say('usual_hour')] : []),
    ...(address ? [say('called', { form: words.t(`common:forms_of_address.${address}`) })] : []),
    ...(locale ? [say('language', { language: words.t(`privacy:languages.${locale}`) })] : []),
    ...(manner === 'usual' ? [] : [say(`manner_${manner}`)]),
  ];
}

/** «…123»: enough to know one's own number by. */
function covered(phone: string): string {
  return `…${phone.slice(-3)}`;
}
