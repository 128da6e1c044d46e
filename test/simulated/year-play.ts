import { HOUR, inVietnam, vnInstant } from '../../src/kernel/vn-time';
import { treeDay } from '../../src/reporting/deadlines';
import { owes } from '../../src/reporting/form';
import { formOf, FORMS } from '../../src/reporting/forms';
import { PLAN_TASKS, owesTask } from '../../src/reporting/tasks';
import type { Person } from '../../src/simulator/fake-person';
import type { Random } from '../support/random';
import { COMMUNE_LINES } from './month-plan';
import { takeUp } from './newcomers';
import type { OtherHands } from './other-hands';
import type { Province } from './province';
import { trace } from './scale';
import { otherForm, villageMonth } from './year-plan';

/** A year as its people live it, month after month; those of two communes, and the department, talk with the program. */

const TALKING: readonly string[] = ['07210', '07228'];
/** Forms of the month that people talk of here; every other is sent by whoever owes it. */
const TALKED_OF: readonly string[] = ['village-month', 'commune-month'];
/** When the survey of equipment is made, and the commune whose villages it asks. */
const SURVEYED = '2026-04';
const ASKED = '07264';
const FIGURES = ['adults_digital', 'classes_held', 'learners', 'households_helped'] as const;

export class YearPlay {
  /** Who reports for each village that talks, by its code. */
  readonly leaders = new Map<string, Person>();
  /** What somebody was asked although it was said, or computed, already. */
  readonly needless: string[] = [];
  turns = 0;
  private readonly numbers = new Map<string, number[]>();

  constructor(
    private readonly province: Province,
    private readonly others: OtherHands,
  ) {
    for (const unit of province.villages)
      if (isTalking(unit)) this.leaders.set(unit, province.holder(unit, 'village_head'));
  }

  async play(month: string): Promise<void> {
    const random = this.province.random.fork(`year ${month}`);
    const { reports } = this.others;
    const [village, commune] = [reports.times('village-month', month), reports.times('commune-month', month)];
    const above = reports.timesAbove('village-month', month).aboveLockAt;
    trace(month, [Math.round(this.province.elapsed() / 1000), this.others.applied, this.turns]);
    if (month === '2026-06') await this.replaceLeaders();
    if (month === '2026-07') await this.merge();
    await this.province.moveTo(new Date(village.opensAt.getTime() + HOUR));
    await this.leadersSay(month, random);
    await this.province.moveTo(new Date(village.lockAt.getTime() + HOUR));
    await this.officersDo(month);
    const { tree } = this.others.directory;
    const units = tree.within('24', treeDay(formOf('village-month'), month));
    await this.others.do([
      ...units
        .filter(({ code, level }) => level === 'village' && !isTalking(code))
        .map(({ code }) =>
          villageMonth(
            { form: 'village-month', period: month, unit: code },
            { ...village, aboveLockAt: above },
            random,
          ),
        ),
      ...units
        .filter(({ code, level }) => level === 'commune' && !isTalking(code))
        .map(({ code }) => otherForm({ form: 'commune-month', period: month, unit: code }, commune, random)),
      ...[...FORMS.values()]
        .filter(({ id, cadence }) => cadence === 'month' && !TALKED_OF.includes(id))
        .flatMap((form) =>
          tree
            .within('24', treeDay(form, month))
            .filter((unit) => owes(form, unit))
            .map(({ code }) =>
              otherForm({ form: form.id, period: month, unit: code }, reports.times(form.id, month), random),
            ),
        ),
      ...weeksOf(month).map((period) =>
        otherForm(
          { form: 'press-week', period, unit: '24-BPTTH' },
          reports.times('press-week', period),
          random,
        ),
      ),
      ...this.onceIn(month, random),
      ...(month === SURVEYED ? await this.survey(random) : []),
    ]);
    await this.province.moveTo(new Date(commune.lockAt.getTime() + HOUR));
    await this.others.tell();
    await this.release(month);
  }

  /** The department asks the villages of one commune about their equipment, in chat; they answer, each for itself. */
  private async survey(random: Random) {
    const dung = this.province.holder('24', 'department');
    const since = this.province.zalo.lastSend;
    const name = this.others.directory.tree.getNearest(ASKED, `${SURVEYED}-20`)?.name ?? '';
    const lines = [`khảo sát trang thiết bị, xã ${name}, đến 28/4`, 'gửi'];
    await this.province.say([{ person: dung, lines }]);
    this.turns += lines.length;
    await this.others.readRuns();
    const [run] = this.others.runs.of('equipment-survey');
    if (!run) {
      const heard = this.province.zalo.sendsTo(dung.id, since).map(({ text }) => text);
      throw new Error(`the survey was not put to anybody: ${heard.join(' | ')}`);
    }
    return [...run.audience].map((unit) =>
      otherForm({ form: run.form, period: run.period, unit }, run, random),
    );
  }

  /** One-off forms whose deadline lies in the month. */
  private onceIn(month: string, random: Random) {
    const { tree } = this.others.directory;
    return [...FORMS.values()].flatMap((form) => {
      const { once } = form;
      if (!once || form.chosen || inVietnam(once.deadline).toFormat('yyyy-MM') !== month) return [];
      const owing = tree
        .within('24', treeDay(form, form.id))
        .filter((unit) => owes(form, unit) && !isTalking(unit.code));
      return owing.map(({ code }) => otherForm({ form: form.id, period: form.id, unit: code }, once, random));
    });
  }

  /** Leaders type their month in one line; some mistake a figure and are asked for that one alone. */
  private async leadersSay(month: string, random: Random): Promise<void> {
    const talks = [...this.leaders].flatMap(([unit, person]) => {
      if (random.chance(0.05)) return [];
      const number = this.numbers.get(unit) ?? [random.between(200, 300), 4, 90, 7];
      const figures = [(number[0] as number) + 1, 4, random.between(85, 99), 7];
      this.numbers.set(unit, figures);
      const wrong = random.chance(0.1);
      const line = wrong ? `BC ${figures[0]} 99 ${figures[2]} ${figures[3]}` : `BC ${figures.join(' ')}`;
      this.others.expect(
        'village-month',
        month,
        unit,
        Object.fromEntries(FIGURES.map((id, n) => [id, figures[n] as number])),
      );
      return [{ person, wrong, lines: wrong ? [line, '4', 'gửi'] : [line, 'gửi'] }];
    });
    const since = this.province.zalo.lastSend;
    await this.province.say(talks);
    for (const { person, wrong, lines } of talks) {
      this.turns += lines.length;
      const heard = this.province.zalo.sendsTo(person.id, since).map(({ text }) => text);
      if (!heard.some((text) => text.includes('Đã gửi')))
        this.needless.push(`${month}: not sent: ${heard.join(' | ')}`);
      const asked = heard.filter((text) => /Câu \d\/4|mấy buổi học|thôn nào/.test(text));
      if (asked.length > Number(wrong)) this.needless.push(`${month}: ${asked.join(' | ')}`);
    }
  }

  /** Officers approve, and send their own month; none of it asks for what the villages have said. */
  private async officersDo(month: string): Promise<void> {
    const number = Number(month.slice(5));
    const lines = ['duyệt hết', ...COMMUNE_LINES.map((line) => line.replace('14/3', `14/${number}`))];
    for (const unit of TALKING) {
      const person = this.province.holder(unit, 'commune_officer');
      const since = this.province.zalo.lastSend;
      await this.province.say([{ person, lines }]);
      this.turns += lines.length;
      const heard = this.province.zalo.sendsTo(person.id, since).map(({ text }) => text);
      if (!heard.some((text) => text.includes('Đã gửi')))
        this.needless.push(`${month}, ${unit}: ${heard.slice(-3).join(' | ')}`);
      for (const text of heard)
        if (/Câu \d\/8[^\n]*(buổi học|lượt người dự|hộ được đến)/.test(text))
          this.needless.push(`${month}, ${unit}: ${text}`);
      this.others.expect('commune-month', month, unit, {
        digital_teams: 29,
        team_members: 210,
        portal_guides: 0,
      });
      this.others.expectRatio('commune-month', month, unit, {
        officials_digital: [45, 52],
        adults_digital_share: [3_100, 8_400],
      });
    }
  }

  private async release(month: string): Promise<void> {
    const number = Number(month.slice(5));
    await this.province.hears(this.province.holder('24', 'department'), `chốt số tháng ${number}`);
    await this.province.hears(
      this.province.holder('24', 'province'),
      `duyệt bản chốt ${month.slice(5)}/2026-1`,
    );
    this.turns += 2;
  }

  /** Five leaders of one commune change by a sheet; the new ones take the posts with their codes. */
  private async replaceLeaders(): Promise<void> {
    const replaced = [...this.leaders.keys()].slice(0, 5);
    await this.takeUp(replaced, {
      members: replaced.map((unit, n) => `${unit},village_head,Phạm Văn Mới ${n + 1},`),
    });
  }

  /** Two villages that talk become one, and two that do not. */
  private async merge(): Promise<void> {
    const [first, second] = [...this.leaders.keys()].slice(5, 7) as [string, string];
    const [third, fourth] = this.province.villages.filter((unit) => !isTalking(unit)).slice(0, 2) as [
      string,
      string,
    ];
    const into = (unit: string): string => `${unit.slice(0, 5)}-901`;
    const { tree } = this.others.directory;
    const ended = [first, second, third, fourth].map((unit) => {
      const { name, kind, parent, validFrom } = tree.get(unit, '2026-06-01') ?? {
        name: unit,
        kind: 'thôn',
        parent: '',
        validFrom: '',
      };
      const to = into(unit === second ? first : unit === fourth ? third : unit);
      return `${unit},village,${name},${kind},${parent},${validFrom},2026-06-30,${to}`;
    });
    const begun = [first, third].map(
      (unit) => `${into(unit)},village,Hợp Nhất,thôn,${unit.slice(0, 5)},2026-07-01,,`,
    );
    for (const unit of [first, second]) this.leaders.delete(unit);
    await this.takeUp([into(first)], {
      units: ['code,level,name,kind,parent_code,valid_from,valid_to,merged_into', ...ended, ...begun].join(
        '\n',
      ),
      members: [`${into(first)},village_head,Phạm Thị Hợp,`],
    });
  }

  private async takeUp(
    units: readonly string[],
    sheets: { readonly units?: string; readonly members: readonly string[] },
  ): Promise<void> {
    const newcomers = await takeUp(this.province, units, sheets);
    await this.others.directory.refresh();
    for (const { unit, person } of newcomers) this.leaders.set(unit, person);
  }

  async finishTasks(): Promise<void> {
    const { tree } = this.others.directory;
    const units = tree.within('24', '2026-06-01');
    let n = 0;
    for (const task of PLAN_TASKS)
      for (const unit of units.filter((one) => owesTask(task, one))) {
        n += 1;
        const at = new Date((task.deadline ?? vnInstant(2026, 11, 2)).getTime() - HOUR);
        const deed = {
          id: `task-${n}:0`,
          by: `zalo:of-${unit.code}`,
          at,
          eventId: `task-${n}`,
          unit: unit.code,
        };
        await this.others.ledger.finish({ ...deed, kind: 'task.done', task: task.id, evidence: [] });
      }
  }
}

/** Whether the unit is one of the two communes that talk, or of their villages. */
export function isTalking(unit: string): boolean {
  return TALKING.includes(unit.slice(0, 5));
}

/** The weeks whose Monday lies in the month. */
export function weeksOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const weeks: string[] = [];
  for (let day = 1; day <= 31; day += 1) {
    const at = inVietnam(vnInstant(year, 1, 1)).set({ month: number, day: Math.min(day, 28) });
    const seen = day <= 28 ? at : at.plus({ days: day - 28 });
    if (seen.month === number && seen.weekday === 1) weeks.push(seen.toFormat("kkkk-'W'WW"));
  }
  return weeks;
}
