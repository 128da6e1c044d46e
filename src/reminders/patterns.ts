import type { Words } from '../kernel/i18n';
import { composeReminder, TEXT_MAX, VALUE_MAX, type ReminderText } from './compose';

type Composed = ReturnType<typeof composeReminder>;

/** Stand where the person and the unit will; no name holds them. */
const PERSON = '\u0001';
const UNIT = '\u0002';
const ADDRESS = '\u0003';
/** Of one campaign there are few; older ones are forgotten. */
const KEPT = 200;

/** What was worked out for the same facts is not worked out again: a campaign says nearly the same thousands of times. */
export class Kept<T> {
  private readonly held = new Map<string, T>();

  of(facts: readonly unknown[], make: () => T): T {
    const key = facts.join('|');
    const known = this.held.get(key);
    if (known !== undefined) return known;
    if (this.held.size >= KEPT) this.held.clear();
    const made = make();
    this.held.set(key, made);
    return made;
  }
}

/** The words of reminders, as `composeReminder` says them; those that differ in the names only are composed once. */
export class Patterns {
  private readonly kept = new Kept<Composed>();

  compose(words: Words, text: ReminderText): Composed {
    const [line] = text.lines;
    const person = words.locale === 'vi' ? `${text.address} ${text.name}`.trim() : text.name;
    const unit = line.unitName;
    if (
      text.lines.length > 1 ||
      // Its button names the unit.
      line.says !== 'report' ||
      (text.others?.length ?? 0) > 0 ||
      person.length > VALUE_MAX ||
      unit.length > VALUE_MAX
    )
      return composeReminder(words, text);
    const { rule, form, period, deadline, answered, asked, lockAt, movedFrom, data, returned } = line;
    const { remaining, next, at } = text;
    const facts = [
      words.locale,
      rule,
      form,
      period,
      deadline.getTime(),
      answered,
      asked,
      lockAt.getTime(),
      movedFrom?.getTime(),
      data?.from,
      data?.to,
      returned,
      text.helper,
      remaining,
      text.free,
    ];
    const pattern = this.kept.of([...facts, next?.getTime(), at.getTime()], () =>
      composeReminder(words, {
        ...text,
        address: ADDRESS,
        name: PERSON,
        lines: [{ ...line, unitName: UNIT }],
      }),
    );
    const { message, template } = pattern;
    if (message.kind !== 'text') return composeReminder(words, text);
    const filled = message.text
      .replaceAll(words.locale === 'vi' ? `${ADDRESS} ${PERSON}` : PERSON, () => person)
      .replaceAll(ADDRESS, () => text.address)
      .replaceAll(UNIT, () => unit);
    // What does not fit is shortened with the names in it.
    if (filled.length > TEXT_MAX) return composeReminder(words, text);
    return { message: { ...message, text: filled }, template: { ...template, ten: person, don_vi: unit } };
  }
}
