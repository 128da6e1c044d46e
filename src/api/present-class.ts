import { stateOfView, type ClassView } from '../classes/class-view';
import { topicCode } from '../classes/topics';
import { isoWithOffset } from '../kernel/vn-time';

/** A class as the API promises it: `signedUp` have a seat, relatives among them; `waiting` have none yet. Nobody is named. */
export function presentClass(view: ClassView, now: Date) {
  const { record, seats } = view;
  return {
    id: record.id,
    unit: record.unit,
    topic: record.topic,
    topicCode: topicCode(record.topic),
    place: record.place,
    startsAt: isoWithOffset(record.startsAt),
    state: stateOfView(view, now),
    capacity: record.capacity,
    signedUp: seats.seated,
    waiting: seats.waiting,
    attended: record.attended,
    teacher: record.teacher,
    /** Why it was called off or not held. */
    reason: record.cancelled?.reason ?? null,
    announced: record.announced,
    asked: record.question?.asked ?? null,
  };
}
