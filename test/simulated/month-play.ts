import { groupBy } from '../../src/kernel/lists';
import type { Person } from '../../src/simulator/fake-person';
import { at, COMMUNE_LINES, communeSays, SLOTS, slotAt, type VillagePlan } from './month-plan';
import { takeUp } from './newcomers';
import { listed, sumOf, treeFaults, type Progress } from './progress';
import type { Province } from './province';
import { trace } from './scale';
import { askEnds, type ToldEnds } from './told-ends';

/** A month as its people live it: slot by slot they say what is planned, while the clock goes on and the program dies. */

/** Who says what in a slot. */
type Talks = { readonly person: Person; readonly lines: readonly string[] }[];

/** The button of the task that the department does in the month; the others of its duties it leaves. */
const DONE_TASK = 'TASK_KHCN-ACTION-PLAN_24-KHCN';

const APPROVING = [16, 17, 18, 19, 23].map((day) => at(day, '15:30'));

export class MonthPlay {
  /** Units whose counts did not add up, with when. */
  readonly unequal: string[] = [];
  looks = 0;
  /** How it ended for the villages, as each officer was told when all locks had come. */
  told: readonly ToldEnds[] = [];
  /** What the department was answered: to a task that it has done, and at the end to «tình hình». */
  readonly department: string[] = [];

  constructor(
    private readonly province: Province,
    private readonly plans: ReadonlyMap<string, VillagePlan>,
  ) {}

  async play(): Promise<void> {
    const random = this.province.random.fork('officers');
    const communes = this.province.communes.map((unit) => ({ unit, says: communeSays(random) }));
    const acknowledges = new Map(
      this.province.communes.map((unit) => [
        unit,
        random.chance(0.7) ? at(16, random.pick(['10:45', '14:00'])) : null,
      ]),
    );
    const acts = new Map<number, () => Promise<void>>([
      [at(12, '16:45').getTime(), () => this.handOverInChat()],
      [at(13, '09:30').getTime(), () => this.replaceBySheet()],
      [at(16, '09:30').getTime(), () => this.giveOrder()],
      [at(18, '19:10').getTime(), () => this.enterForTheSilent()],
      [at(19, '09:30').getTime(), () => this.replaceOrder()],
      [at(27, '15:30').getTime(), () => this.askHowItEnded()],
    ]);
    /** In the middle of the waves, and where nothing is due. */
    const deaths = new Map([
      [at(10, '08:40').getTime(), 700],
      [at(12, '08:40').getTime(), 40],
      [at(15, '08:40').getTime(), 300],
      [at(16, '10:45').getTime(), 500],
      [at(17, '08:40').getTime(), 150],
      [at(19, '10:45').getTime(), 900],
      [at(20, '14:00').getTime(), 60],
      [at(22, '20:40').getTime(), 10],
    ]);
    for (const slot of SLOTS) {
      const death = deaths.get(slot.getTime());
      if (death === undefined) await this.province.moveTo(slot);
      else await this.province.moveAndKill(slot, death);
      trace(slot.toISOString(), [Math.round(this.province.elapsed() / 1000), this.province.zalo.lastSend]);
      await acts.get(slot.getTime())?.();
      const talks: Talks = [...this.plans.values()].flatMap((plan) => this.talksOf(plan, slot));
      for (const { unit, says } of communes) {
        const officer = this.province.holder(unit, 'commune_officer');
        const lines: string[] = [];
        if (acknowledges.get(unit)?.getTime() === slot.getTime()) lines.push('đã nhận 145');
        if (APPROVING.some((one) => one.getTime() === slot.getTime())) lines.push('duyệt hết');
        if (says?.getTime() === slot.getTime()) lines.push(...COMMUNE_LINES);
        if (lines.length > 0) talks.push({ person: officer, lines });
      }
      await this.province.say(talks);
      await this.lookAtTrees();
    }
    const department = this.province.holder('24', 'department');
    this.department.push(await this.province.hears(department, 'tình hình'));
  }

  /** All villages are locked by then; the department says that it has done one of its tasks. */
  private async askHowItEnded(): Promise<void> {
    this.told = await askEnds(this.province);
    const department = this.province.holder('24', 'department');
    this.department.push(await this.province.hears(department, `#XONGVIEC_${DONE_TASK}`));
  }

  private talksOf(plan: VillagePlan, slot: Date): Talks {
    const { person } = this.province.post(plan.unit, 'village_head');
    if (!person) return [];
    const [a, b, c, d] = plan.figures;
    const lines: string[] = [];
    const now = (wanted: Date | null): boolean =>
      wanted !== null && slotAt(wanted).getTime() === slot.getTime();
    if (now(plan.drafts)) lines.push(`BC ${a} ${b} ${c}`);
    if (plan.snoozes && now(at(15, '10:45')) && (plan.says === null || plan.says > at(15, '10:45')))
      lines.push('nhắc tôi lúc 19:30');
    if (now(plan.says)) lines.push(`BC ${a} ${b} ${c} ${d}`, 'gửi');
    for (const answer of plan.answers) if (now(answer.at)) lines.push(answer.word);
    return lines.length > 0 ? [{ person, lines }] : [];
  }

  /** The leader asks, the commune agrees, and who was named never comes. */
  private async handOverInChat(): Promise<void> {
    const giving = [...this.plans.values()].filter(({ replaced }) => replaced === 'chat');
    await this.province.say(
      giving.map(({ unit }, n) => ({
        person: this.province.holder(unit, 'village_head'),
        lines: ['từ mai anh Hùng thay tôi', 'Trần Văn Hùng', `0912 000 ${String(100 + n)}`],
      })),
    );
    for (const { unit } of giving)
      await this.province.hears(
        this.province.holder(communeOf(unit), 'commune_officer'),
        `đồng ý thôn ${this.nameOf(unit)}`,
      );
  }

  private async replaceBySheet(): Promise<void> {
    const replaced = [...this.plans.values()].filter((plan) => plan.replaced === 'sheet');
    const newcomers = await takeUp(
      this.province,
      replaced.map(({ unit }) => unit),
      { members: replaced.map(({ unit }, n) => `${unit},village_head,Phạm Văn Mới ${n + 1},`) },
    );
    for (const { unit, person } of newcomers) this.province.post(unit, 'village_head').person = person;
  }

  private async giveOrder(): Promise<void> {
    const department = this.province.holder('24', 'department');
    await this.province.hears(
      department,
      'giao 145/UBND-VX, hạn 25/3, toàn tỉnh: mỗi thôn mở ít nhất 1 buổi học trong tuần',
    );
    await this.province.hears(department, 'Gửi');
    await this.province.hears(this.province.holder('24', 'province'), 'duyệt 145');
  }

  private async replaceOrder(): Promise<void> {
    const department = this.province.holder('24', 'department');
    await this.province.hears(department, 'thay 145 bằng 151/UBND-VX');
    await this.province.hears(department, 'mỗi thôn mở 2 buổi học trong tuần');
    await this.province.hears(department, 'Gửi');
    await this.province.hears(this.province.holder('24', 'province'), 'duyệt 151');
  }

  private async enterForTheSilent(): Promise<void> {
    const byCommune = groupBy(
      [...this.plans.values()].filter(({ entered }) => entered),
      ({ unit }) => communeOf(unit),
    );
    await this.province.say(
      [...byCommune].map(([commune, entered]) => ({
        person: this.province.holder(commune, 'commune_officer'),
        lines: entered.map(({ unit, figures }) => `nhập hộ thôn ${this.nameOf(unit)}: ${figures.join(' ')}`),
      })),
    );
  }

  private async lookAtTrees(): Promise<void> {
    for (const { id, number, audience } of await listed(this.province)) {
      const tree = await this.province.api<Progress>(`/api/v1/directives/${id}/progress`);
      this.looks += 1;
      const faults = sumOf(tree) === audience.offices ? treeFaults(tree) : ['the root'];
      this.unequal.push(...faults.map((unit) => `${number} at ${this.province.now.toISOString()}: ${unit}`));
    }
  }

  private nameOf(unit: string): string {
    return this.province.names.get(unit) ?? unit;
  }
}

function communeOf(unit: string): string {
  return unit.split('-')[0] as string;
}
