import type { DialogDeps } from '../../dialogs/deps';
import { sentence } from '../../dialogs/answer';
import { command, type Command } from '../../dialogs/feature';

/** The two VNeID rates are never added, joined, averaged or given one for the other: whoever wishes it hears why. */

const LEVEL = '(?:muc (?:do )?(?:2|hai)|kich hoat|dinh danh)';
const ATTAINED = '(?:xac nhan|pho cap|ky nang so)';
/** «cộng», and not the «công» of công an, công dân, công việc. */
const ADDING = '\\bcong(?! (?:an|dan|dich|tac|chuc|nghe|to|vien|dong|viec|bo|van)\\b)';
const JOINING = `(?:${ADDING}|\\bgop|\\btong\\b|trung binh|\\bthay (?:cho|the|bang)\\b|\\bthay\\b.{0,20}\\bbang\\b)`;
const BOTH_RATES = '(?:hai|2|ca hai|ca 2) (?:so|ty le|chi so|chi tieu|con so)';
const INTO = '(?:vao|lam|sang|thay|\\bla\\b)';

const WISHES = [
  new RegExp(`${JOINING}.*${BOTH_RATES}.*(?:vneid|${LEVEL}|${ATTAINED})`),
  new RegExp(`(?:${LEVEL}|${ATTAINED}|vneid).*${BOTH_RATES}.*${JOINING}`),
  new RegExp(`${JOINING}.*${LEVEL}.*${ATTAINED}`),
  new RegExp(`${JOINING}.*${ATTAINED}.*${LEVEL}`),
  new RegExp(`${LEVEL}.*(?:\\+|${JOINING}).*${ATTAINED}`),
  new RegExp(`${ATTAINED}.*(?:\\+|${JOINING}).*${LEVEL}`),
  // «lấy số mức 2 làm số phổ cập», «ghi mức 2 vào cột phổ cập», and the other way round.
  new RegExp(`\\b(?:lay|dung|ghi|dien|nhap|dua|chuyen|coi|tinh)\\b.*${LEVEL}.*${INTO}.*${ATTAINED}`),
  new RegExp(`\\b(?:lay|dung|ghi|dien|nhap|dua|chuyen|coi|tinh)\\b.*${ATTAINED}.*${INTO}.*${LEVEL}`),
] as const;

export const neverCombined: Command<DialogDeps> = command({
  id: 'never-combined',
  says: [
    'cộng hai tỷ lệ VNeID',
    'gộp hai tỷ lệ VNeID lại',
    'lấy trung bình hai tỷ lệ VNeID',
    'tổng hai chỉ số VNeID',
    'cong hai ty le vneid cho toi',
    'lấy số mức 2 thay cho số phổ cập',
    'gộp mức 2 với phổ cập làm một',
    'ghi tỷ lệ mức 2 vào cột xác nhận',
    'mức 2 cộng xác nhận là bao nhiêu',
  ],
  read: ({ fold }) => (WISHES.some((wish) => wish.test(fold)) ? true : null),
  run: async (turn) => sentence(turn, 'reports:form.never_combined'),
});
