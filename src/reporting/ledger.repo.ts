import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import { isDuplicate } from '../kernel/store-faults';
import { adjustmentId, type Adjustment, type Ledger } from './ledger';
import {
  ledgerModels,
  type AdjustmentDoc,
  type ExplanationDoc,
  type SilenceDoc,
  type TaskDoc,
} from './ledger.model';
import type { TaskDone, TaskEvidence } from './tasks';
import type { Explanation, VneidFigure } from './vneid-ledger';

/** The ledger in the document store; each deed is in the audit too. */
export function createLedger(connection: Connection, audit: Pick<AuditService, 'note'>): Ledger {
  const { adjustments, explanations, silences, tasks } = ledgerModels(connection);

  async function insertOnce(
    rows: { insertOne(doc: never): Promise<unknown> },
    doc: object,
  ): Promise<boolean> {
    try {
      await rows.insertOne(doc as never);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  return {
    async explanations(period) {
      const docs = (await explanations.collection
        .find({ period })
        .sort({ at: 1 })
        .toArray()) as unknown as ExplanationDoc[];
      const newest = new Map(docs.map((doc) => [`${doc.unit}/${doc.figure}`, doc]));
      return [...newest.values()].map(({ unit, figure, village, police, why, at }) => ({
        ...{ unit, figure: figure as VneidFigure, village, police, why: why as Explanation, at },
      }));
    },

    async done() {
      const docs = (await tasks.collection.find({}).toArray()) as unknown as TaskDoc[];
      return docs.map(({ task, unit, doneAt, by, evidence }) => ({
        ...{ task, unit, doneAt, by, evidence: evidence as unknown as TaskDone['evidence'] },
      }));
    },

    async explain({ id, period, unit, figure, village, police, why, by, at, eventId }) {
      await insertOnce(explanations.collection, {
        _id: id,
        period,
        unit,
        figure,
        village,
        police,
        why,
        by,
        at,
      });
      await audit.note({
        ...{ id: `ledger:${id}`, at, act: 'gap.explained', by, unit, eventId, reason: why },
        ...{ subject: `${figure}/${period}`, after: { village: village, police: police } },
      });
    },

    async finish({ id, task, unit, by, at, evidence, eventId }) {
      const _id = `${task}:${unit}`;
      const first = await insertOnce(tasks.collection, { _id, task, unit, doneAt: at, by, evidence });
      if (!first && evidence.length > 0) {
        const known = (await tasks.collection.findOne({ _id: _id as never })) as unknown as TaskDoc;
        const there = new Set((known.evidence as TaskEvidence[]).map(shown));
        const more = evidence.filter((one) => !there.has(shown(one)));
        if (more.length > 0)
          await tasks.collection.updateOne({ _id: _id as never }, {
            $push: { evidence: { $each: more } },
          } as never);
      }
      await audit.note({
        ...{ id: `ledger:${id}`, at, act: 'task.done', by, unit, eventId, subject: task },
        after: { links: evidence.length },
      });
    },

    async adjustments() {
      const docs = await adjustments.collection.find({ waits: true }).toArray();
      const all = (docs as unknown as AdjustmentDoc[]).map(toAdjustment);
      return all.sort((a, b) => a.at.getTime() - b.at.getTime());
    },

    async adjustment(id) {
      const doc = await adjustments.collection.findOne({ _id: id as never, waits: true });
      return doc ? toAdjustment(doc as unknown as AdjustmentDoc) : null;
    },

    async ask({ id, kind: _kind, eventId, ...said }) {
      await insertOnce(adjustments.collection, { _id: adjustmentId(id), ...said, waits: true });
      const { at, by, unit, form, period, figure, from, to, reason } = said;
      await audit.note({
        ...{ id: `ledger:${id}`, at, act: 'adjustment.asked', by, unit, eventId, reason },
        ...{ subject: `${form}/${period}`, before: { figure, value: from }, after: { figure, value: to } },
      });
    },

    async settle({ id, adjustment, approves, by, at, unit, eventId }) {
      await adjustments.collection.updateOne(
        { _id: adjustment as never, waits: true },
        { $set: { settledBy: by, approved: approves }, $unset: { waits: '' } },
      );
      const act = approves ? 'adjustment.approved' : 'adjustment.refused';
      await audit.note({ id: `ledger:${id}`, at, act, by, unit, eventId, subject: adjustment });
    },

    async silences(form, period) {
      const docs = await silences.collection.find({ period, form }).sort({ at: 1 }).toArray();
      return new Map((docs as unknown as SilenceDoc[]).map(({ unit, reason }) => [unit, reason]));
    },

    async explainSilence({ id, form, period, unit, reason, by, at, eventId }) {
      await insertOnce(silences.collection, { _id: id, form, period, unit, reason, by, at });
      await audit.note({
        ...{ id: `ledger:${id}`, at, act: 'silence.explained', by, unit, eventId, reason },
        subject: `${form}/${period}`,
      });
    },

    async unname(person, stand) {
      for (const { collection } of [explanations, tasks, adjustments, silences])
        await collection.updateMany({ by: person }, { $set: { by: stand } });
    },
  };
}

function toAdjustment({
  _id,
  waits: _waits,
  settledBy: _by,
  approved: _approved,
  ...said
}: AdjustmentDoc): Adjustment {
  return { id: _id, ...said };
}

/** The same link, or the same piece, is kept once. */
function shown(one: TaskEvidence): string {
  return one.kind === 'link' ? one.link : one.piece;
}
