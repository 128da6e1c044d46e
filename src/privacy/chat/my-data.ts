import type { StepResult, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { inVietnam } from '../../kernel/vn-time';
import { momentShort } from '../../kernel/moment';
import { fullPlaceName, personOf, placeName } from '../../org/chat/people';

/** «Xem dữ liệu của tôi»: everything that is kept about the person who asks, and nothing about others. */
export async function myData(turn: Turn<DialogDeps>): Promise<StepResult> {
  const { words, deps, user, at } = turn;
  const { vars, offices } = personOf(turn);
  const say = (key: string, more: Readonly<Record<string, string | number>> = {}): string =>
    words.t(`privacy:data.${key}`, { ...vars, ...more });
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
  for (const { record } of await deps.classes.ofPerson(user, at))
    lines.push(
      say('class', {
        topic: record.topic ?? words.t('classes:no_topic'),
        when: inVietnam(record.startsAt).toFormat('d/M'),
      }),
    );
  if (deps.isMuted(user)) lines.push(say('muted'));
  lines.push(say(offices.length > 0 ? 'messages_and_figures' : 'messages'));
  return answer({
    text: `${say('head')}\n${lines.map((line) => `- ${line}`).join('\n')}\n${say('foot')}`,
  });
}

/** «…123»: enough to know one's own number by. */
function covered(phone: string): string {
  return `…${phone.slice(-3)}`;
}
