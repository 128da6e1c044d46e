import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, wish, type Command } from '../../dialogs/feature';
import type { MutePerson } from '../../contacts/contact-effects';

/** What is kept of a person, and whether we may write to them unasked. */

function mute(turn: Turn<DialogDeps>, muted: boolean): StepResult {
  const { user, at } = turn;
  const effect: MutePerson = { kind: 'contact.mute', id: turn.effectId(), user, muted, at };
  return { ...sentence(turn, muted ? 'menu:stop' : 'menu:start'), effects: [effect] };
}

const stop: Command<DialogDeps> = command({
  id: 'stop-messages',
  says: ['dừng', 'đừng nhắn tin nữa', 'không nhận tin nữa', 'tắt thông báo', 'thôi không nhắc nữa'],
  read: wish('stop_messages'),
  run: async (turn) => mute(turn, true),
});

const start: Command<DialogDeps> = {
  id: 'remind-me-again',
  says: ['nhắc tôi', 'nhắc lại tôi', 'remind me', 'nhắc tôi như cũ', 'bật lại nhắc nhở'],
  run: async (turn) => mute(turn, false),
};

const notice: Command<DialogDeps> = command({
  id: 'privacy',
  says: [
    'quyền riêng tư',
    'lưu thông tin gì',
    'em giữ những thông tin gì của tôi',
    'bảo mật thông tin',
    'chính sách bảo mật',
  ],
  read: wish('privacy'),
  run: async (turn) => sentence(turn, 'menu:privacy'),
});

const erase: Command<DialogDeps> = command({
  id: 'delete-me',
  says: [
    'xóa dữ liệu của tôi',
    'xóa thông tin của tôi',
    'xóa hết dữ liệu',
    'xóa tài khoản',
    'xoa du lieu ca nhan',
  ],
  read: wish('delete_me'),
  run: async (turn) => sentence(turn, 'menu:delete_me'),
});

export default defineFeature<DialogDeps>({
  id: 'privacy',
  commands: [stop, start, notice, erase],
  dialogs: [],
});
