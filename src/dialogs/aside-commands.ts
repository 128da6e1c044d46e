import type { DialogDeps } from './deps';
import { sentence } from './answer';
import type { Command } from './feature';

/** Small questions about the talk itself, each answered by one sentence of `asides`, beside whatever is open. */
const ASIDES: readonly { readonly id: string; readonly says: readonly string[] }[] = [
  {
    id: 'who-sees-this',
    says: [
      'ai xem số này',
      'ai xem được số liệu này',
      'số liệu này ai xem',
      'số này gửi cho ai xem',
      'ai đọc được tin của tôi',
      'tin này có ai đọc không',
      'xã có thấy số này không',
    ],
  },
  {
    id: 'on-paper',
    says: [
      'báo cáo bằng giấy được không',
      'nộp bản giấy được không',
      'tôi nộp giấy cho xã rồi',
      'ghi ra giấy được không',
      'cho tôi mẫu giấy',
      'tôi viết tay nộp xã được không',
    ],
  },
  {
    id: 'send-a-photo',
    says: [
      'gửi ảnh được không',
      'gửi ảnh qua đây được không',
      'chụp ảnh gửi được không',
      'tôi gửi ảnh nhé',
      'chụp ảnh báo cáo gửi em được không',
      'nhắn ảnh có được không',
    ],
  },
  {
    id: 'bigger-letters',
    says: [
      'chữ nhỏ quá',
      'chữ bé quá không đọc được',
      'cho chữ to lên',
      'phóng to chữ',
      'mắt kém không đọc được',
      'tôi không nhìn rõ chữ',
    ],
  },
];

export const ASIDE_COMMANDS: readonly Command<DialogDeps>[] = ASIDES.map(({ id, says }) => ({
  id,
  says,
  run: async (turn) => sentence(turn, `asides:${id}`),
}));
