import { remembered } from '../kernel/remembered';
import { decodeTelex, foldText } from '../kernel/vn-text';
import { actAsIn } from './act-ways';
import { asksIfScam } from './asked';
import { endsAsking } from './asking';
import { itemsIn } from './items';
import { spelt } from './spelling';

/** What people want beside the number while a question or a screen is open. */
export type Act =
  /** «Lượt là sao», «câu này là gì», «trẻ con có tính không»: what the question means. */
  | { readonly kind: 'explain' }
  /** «Không biết», «chịu», «bỏ qua câu này»: there is no figure. */
  | { readonly kind: 'unknown' }
  /** «Nhà có khách, để lúc khác»: not now. */
  | { readonly kind: 'later' }
  /** «Chưa chắc», «hình như hơn»: what stands on the screen may not be right. */
  | { readonly kind: 'unsure' }
  /** «Từng câu», «không đúng» to last month's figures: one question at a time. */
  | { readonly kind: 'one_by_one' }
  /** «Gửi chưa», «đúng chưa», «gửi cho ai», «gửi nhầm thì sao»: a question back, which sends nothing. */
  | { readonly kind: 'asks_sending' }
  /** «Còn mấy câu nữa», «sao hỏi nhiều thế». */
  | { readonly kind: 'how_many_left' }
  /** «Làm lại từ đầu». */
  | { readonly kind: 'start_over' }
  /** «Câu trước», «cho tôi về câu 1»: the question of that number, or the one before; null: the one before. */
  | { readonly kind: 'back'; readonly number: number | null }
  /** «Số 3 sai», «sai số lượt», «sai rồi»: the figure of that place or name is to be given again; both null: which one. */
  | {
      readonly kind: 'wrong';
      readonly number: number | null;
      readonly name: string | null;
      /** «Câu 2 với câu 4 sai»: those that come after the first. */
      readonly others?: readonly number[];
    };

const COURTESY =
  /^(?:(?:da|vang|ok|oke|the|thi|u|a|em|e|bac|chau|toi|anh|chi|oi|minh|cho|xin|hay|nay|con trai toi bao) )+|(?: (?:a|ah|ha|nhe|nha|nhi|di|em|e|bac|chau|anh|chi|oi|voi|roi|r|vay|the|day|luon|nao|xem|cho|giup|toi|co|c|ma|ban|bot|hen))+$/g;
const NOT = '(?:khong|ko|k|kg|chang|cha|chua|hong|hok|kho)';
const ASKS_WHAT = '(?:gi|sao|the nao|ntn|nhu the nao|kieu gi|cai gi|lam sao|lam gi)';
/** Services and papers: a question about them is for the articles. */
const ELSEWHERE =
  /(?:^| )(?:vneid|dinh danh|otp|passcode|mat khau|mk|pass|can cuoc|cccd|tro cap|an sinh|bao hiem|bhyt|giay phep|bang lai|dang nhap|kich hoat|facebook|wifi|lua dao|pho cap|khoa hoc|bai hoc|chung nhan)(?: |$)/;
/** A picture, paper or voice: whether it may be sent is another question. */
const OF_MEDIA = /(?:^| )(?:anh|hinh|giay|mieng|thoai|chup|ghi am)(?: |$)/;

const EXPLAIN: readonly RegExp[] = [
  new RegExp(`(?:^| )(?:la|nghia|tinh|dem|hieu|goi|hoi)(?: la| nghia)* ${ASKS_WHAT}(?: |$)`),
  /(?:^| )(?:la|nghia la)(?: (?:biet|lam|dung|hoc|tinh|ho tro|giup))?(?: duoc)? (?:nhung |cai )?gi(?: |$)/,
  new RegExp(`^(?:the nao|nhu the nao|sao) (?:thi |moi )*(?:la|goi la|duoc goi la) `),
  /(?:^| )tinh (?:la )?(?:may|1 hay 2|mot hay hai|bao nhieu)(?: |$)/,
  /(?:^| )(?:tinh|dem|la)? ?(?:ca )?(?:nguoi |ho |tre )?(?:tu|den|bao nhieu|vao|nguoi|tren|duoi) ?(?:\d{1,2}|may|bao nhieu) tuoi(?: |$)/,
  /(?:^| )(?:tinh|dem|ghi)(?: (?:la|thanh|vao|luot))* (?:lam sao|the nao|ra sao|kieu gi|may|bao nhieu|bn|gi)$/,
  /^(?:.{1,30} )?(?:bao |noi |hoi )?the nao (?:thi )?(?:la|goi la|duoc tinh la) /,
  /(?:^| )(?:co|cung|duoc|thi|van|phai) (?:duoc |phai |dem |cong )?(?:tinh|dem|ke vao|cong vao)(?: .{1,24})?(?: (?:khong|ko|k|kg|a|chua))+$/,
  /(?:^| )(?:tinh|dem|gom|ke) (?:ca|luon|them) (?:\S+ ){1,7}(?:a|ha|khong|ko|k|chua|phai khong|dung khong)$/,
  /(?:^| )tinh (?:khong|ko|k)$|^ai (?:thi )?(?:duoc|phai) tinh|(?:^| )tinh vao day/,
  /^(?:giai thich|vi du|cho vi du|y la|hoi cai gi|hoi gi)(?: .{0,30})?$/,
  /^(?:cau nay )?(?:khong|ko|k|kg|chua|hong|kho) hieu(?: .{0,24})?$|^hieu (?:khong|ko|k|chang) (?:ra|noi)/,
  /(?:^| )(?:noi|hoi|giai thich) (?:cho )?(?:ro|de hieu|de)(?: hon| xem| lai)*$|(?:^| )(?:ro|de hieu) hon$/,
  /(?:^| )khac (?:gi )?nhau|(?:^| )khac (?:cai )?gi(?: |$)|(?:^| )(?:luot|nguoi|buoi|ho|lop|dau nguoi) hay (?:la )?(?:luot|nguoi|buoi|ho|lop|so lan)/,
  /^la dem (?:dau )?(?:nguoi|luot|ho)/,
  /^(?:la|tuc la|nghia la|the la) (?:dem|tinh|cong|ghi|hoi) .{2,30} (?:a|ha|ah|phai khong|dung khong|phai k)$/,
  /(?:^| )kho hieu(?: |$)/,
  /^(?:hoi )?kho (?:qua|lam|hieu qua|the)$|^hoi kho/,
  /^(?:so|may so|cac so)(?: nay| do)? (?:lay )?(?:o dau|dau)(?: ra)?$|^(?:day|do) la so (?:gi|nao)$|^so (?:gi|nao) (?:day|vay|the)$/,
  new RegExp(`^(?:cau|cai|muc|so) nay (?:la |hoi |nghia la )?${ASKS_WHAT}$`),
];
/** «Là lượt chứ không phải người à», «tính thế nào, sáng chiều là 2 à»: asked, whatever numbers it names. */
const ASKED_BACK =
  /(?:^| )(?:goi|tinh|coi|dem) (?:la|nhu|thanh) (?:mot |1 )?(?:luot|nguoi|buoi|ho|lop)(?![a-z])|(?:^| )(?:luot|nguoi|buoi|ho|lop|nha|dau nguoi) (?:chu|hay|ma) (?:(?:khong|ko|k) phai )?(?:la )?(?:luot|nguoi|buoi|ho|lop|nha|dau nguoi)(?: |$)|(?:^| )tinh (?:la )?(?:the nao|sao|lam sao|kieu gi)(?![a-z])/;
/** «Dạy VNeID có tính không»: about the count, whatever it names. */
const COUNTS = /(?:^| )(?:co|duoc|thi) (?:duoc )?tinh(?: .{1,16})? (?:khong|ko|k|chua)$/;
const KNOW =
  '(?:biet|bit|nho|ro|nam|nam duoc|dem|tinh|thong ke|tong hop|dieu tra|hoi het|ket|xac dinh|cap nhat|chinh xac|ghi so|ghi lai|ghi chep|ra soat|ra lai|kiem dem|kiem ke|diem lai|lap|ra danh sach)';
const UNKNOWN: readonly RegExp[] = [
  /(?:^| )(?:so|quyen so|so sach|danh sach)(?: (?:do|thi|nay|la))* (?:(?:anh|chi|ong|ba|co|chu|em|thim|pho thon|bi thu|doan|hoi) )+(?:[a-z]+ ){0,2}(?:cam|giu)(?: |$)/,
  /(?:^| )(?:khong|ko|k|chang|cha|chua|lam gi) co ai (?:diem danh|ghi chep|ghi lai|ghi so|dem)(?: |$)/,
  /(?:^| )(?:chua|khong|ko|k) (?:di|ra|kip|ngoi) (?:dem|hoi|thong ke|ra soat)(?: |$)/,
  new RegExp(`(?:^| )${NOT} (?:(?:the|con|kip|co ai|ai|duoc|ghi so nen) )*${KNOW}(?: |$)`),
  /^(?:chiu|quen)(?: .{1,24})?$/,
  /(?:^| )(?:lam sao|the nao|sao) (?:ma )?(?:(?:toi|bac|em|minh|ai) )?(?:ma )?(?:biet|nho|dem|nam|tinh)(?: (?:duoc|dc|het|noi|ro|xue))*$/,
  /(?:^| )chua (?:co|ra|chot|lay) (?:duoc )?(?:so|so lieu|con so)(?: (?:lieu|nao|dau|ca))*$/,
  /(?:^| )(?:so|quyen so) (?:bi )?mat(?: roi)?$|(?:^| )mat so(?: roi)?$|^(?:cai |quyen )?so (?:ghi |sach )?(?:de |cat |con )?(?:o|tren|ngoai) (?:nha|tru so|van phong|uy ban|cho|con|vo)(?: .{0,16})?$/,
  /(?:^| )(?:cam|giu) (?:cuon |quyen |cai )?so(?: |$)/,
  new RegExp(`(?:^| )(?:so|cai) nay(?: .{0,8})? ${NOT} co$|^${NOT} co so (?:lieu )?nay$`),
  /^(?:thoi |xin )?(?:bo qua|cho qua|khoi tra loi|khoi bao|khoi ghi|de trong|bo trong)(?: .{0,28})?$|^(?:thoi )?(?:cau|muc|cai) nay (?:de )?(?:sau|lat|tinh sau|noi sau)$|^(?:cau|muc|cai) nay (?:bo qua|de trong|bo trong|bo|thoi)$|^(?:thoi )?bo (?:qua )?(?:cau|muc|cai) nay(?: di)?$/,
  /^(?:(?:thoi|sang|chuyen|qua|hoi) )*cau (?:khac|sau|tiep|tiep theo|ke tiep)$/,
];
/** «Không biết làm thế nào», «không biết bấm»: help is wanted, no figure is missing. */
const WANTS_HELP =
  /(?:nhin|doc|nghe|xem|trong) (?:\S+ )?(?:khong|ko|k|chang) (?:ro|thay|duoc|ra)(?: |$)|(?:khong|ko|k|chang) (?:nhin|doc|nghe|trong) (?:\S+ )?(?:ro|thay|duoc|ra)(?: |$)|(?:^| )(?:ro|thay) chu(?: |$)|(?<!kho )(?:biet|nho) (?:cach |phai )?(?:(?:dung|bam|nhan|go|viet|su dung|tra loi)(?: |$)|lam(?: |$))/;
const UNSURE =
  /(?:^| )(?:khong|ko|k|chua) (?:chac|dam chac|ro lam|dung lam)(?: |$)|^(?:hinh nhu|co le|chac)(?: .{1,20})?(?:hon|kem|it|nhieu|khong dung|sai|nham)|^(?:hinh nhu|co le) (?:la )?(?:hon|kem|it|nhieu|sai|nham|khong)/;
/** «Hai lớp cùng một tối thì tính mấy»: however many numbers it names. */
const ENDS_HOW =
  /(?:^| )(?:thi|la) (?:tinh|ghi|dem|coi)(?: (?:la|thanh|ra|duoc))* (?:may|bao nhieu|the nao|sao|ra sao|gi)(?: (?:buoi|luot|nguoi|ho))?$/;
/** «Ủa sao lại 450»: how a value comes to stand there. */
const WHY_THIS =
  /^(?:(?:o|ua|a|u|the|cha|chet|em|nhi) )*sao (?:lai |la |co |ra |thanh |ghi |bac |toi |so )*\d[\d.]*(?: [a-z]+){0,3}$/;
const LEFT =
  /^(?:the |vay )?con (?:dai|lau|nhieu)(?: nua| lam)? (?:khong|ko|k)$|(?:^| )con (?:may|bao nhieu|bn|nhieu) (?:cau|so|muc)|(?:^| )con (?:cau|so|muc|cai)(?: gi| nao)(?: nua)?$|(?:^| )(?:sao )?hoi (?:gi )?(?:nhieu|lam|lau|dai)(?: |$)|^sao (?:lai |cu |phai )*hoi(?: lai| mai| nua| the| di)*$|(?:may|bao nhieu|bn) cau nua|^sap xong chua|^bao gio (?:thi |moi )?xong/;
const START_OVER =
  /^(?:(?:cho|bo het|xoa het|huy het|thoi) )*(?:lam|nhap|bao|ghi|khai|hoi|dien|bat dau|viet|tra loi)(?: .{0,12})? (?:lai )?(?:tu dau|het tu dau|tu cau (?:1|mot|dau))(?: .{0,8})?$|^(?:lam|nhap|bao|ghi|khai|hoi|dien|viet) lai (?:het|ca|tat ca|toan bo|moi)$|^(?:bo di )?lam lai$|^lai tu dau$|^tu dau lai$|^xoa het(?: lam lai| di)?$/;
const BACK =
  /^(?:(?:quay|lui|tro|ve|xem|hoi|sua|ghi|nhap|lam) )*(?:lai |ve |sang )*(?:cai |cau |so )(?:truoc|vua roi|tren|vua xong|vua nay)(?: (?:toi|bac|em|minh|bi|tra loi|bao|sai|nham|ghi|ghi sai|ghi nham|chua dung|lai|roi))*$|^(?:quay|lui|tro) (?:lai|ve)$|^lui$/;
const BACK_TO =
  /^(?:(?:quay|lui|tro|ve|xem|hoi|lam) )+(?:lai |ve |sang |toi )*cau (?:so |thu )?([1-9])$|^cau (dau)(?: tien)?(?: .{0,8})?(?: ghi)? (?:sai|nham)$/;
const ONE_BY_ONE =
  /(?:^| )(?:thang|ky) nay (?:(?:da|thi|no|lai) )?khac(?: (?:roi|het|nhieu|lam|han|co))*$|^(?:(?:chua|khong|ko|k|dau) (?:phai|la)(?: la)? so (?:cua )?thang nay|(?:(?:thang nay )?khac (?:nhieu|het|lam|xa)(?: lam| qua)? )?(?:hoi|tra loi|lam) tung cau(?: mot)?(?: di)?|(?:hoi|tra loi|bao|lam|nhap|ghi|di)? ?tung (?:cau|muc|so|cai)(?: mot)?|(?:khong|ko|k|chua|chang) (?:dung|giong)(?: .{0,10})?|sai|sai (?:het|ca|bet)(?: ca)?|(?:thang nay |gio )?(?:khac|da khac|khac het|khac nhieu)|(?:do|day|cai nay) la so (?:cua )?thang truoc|so (?:cua )?thang truoc)$/;
const ASKS_SENDING =
  /^(?:(?:da |bao cao |sao lai |the |vay |sao )?(?:gui|nop)(?: .{1,24})? (?:chua|ai|dau|nao|khong|ko|k|sao|nua)|(?:sao|sao lai) (?:gui|nop)(?: lai| roi| di)*|(?:dung|duoc|ok|oke|xong|on) (?:chua|khong|ko|k)|(?:co|gui|gui xong|gui roi)(?: van| con| co)* (?:dung|gui|duoc|sua|lay lai|rut|sua lai)(?: .{1,14})? (?:khong|ko|k|chua)|co (?:dung|gui|duoc) (?:khong|ko|k)|(?:(?:gui|nop) .{0,20})?ai duyet(?: .{0,12})?|gui roi ai xem|ai xem|(?:xa |phuong |ai |ben do |tren do )?(?:da )?(?:xem|duyet|nhan)(?: duoc)?(?: so| bao cao| gi)* chua)$/;
/** Somebody says that another one sends or says so. */
const OF_OTHERS =
  /^(?:ong|ba|bac|chu|co|anh|chi|chau|con|thim|cu) [a-z]{2,6} (?:gui|bao gui|nop|bao nop|ghi|bao)$/;
const PLACE_WRONG =
  /^(?:con |van |thay )*(?:so|cau|muc|cai)? ?([1-9]) (?:bi |con |van )*(?:sai|nham|chua dung|khong dung|ko dung)$|^(?:sua|doi)(?: lai)?(?: so| cau| muc)? ([1-9])$|^(?:con |van |thay )*(?:bi )?(?:sai|nham)(?: o)? (?:so|cau|muc) ([1-9])$/;
/** «Câu 2 tôi trả lời nhầm»: whoever answered it, and how. */
const ANSWERED_WRONG =
  /^(?:so|cau|muc) ([1-9])(?: (?:toi|bac|em|minh|nay|vua|luc nay|hoi nay|tra loi|bao|ghi|nhap|bam|go|khai|dien|doc|bi))+ (?:sai|nham|lon)(?: (?:roi|mat))*$/;
const SEVERAL_WRONG =
  /^(?:sai |nham |sua )?(?:so |cau |muc )?([1-9])(?: ?(?:voi|va|,)? (?:so |cau |muc )?[1-9])+(?: (?:bi |deu |ca hai |can |co |phai )*(?:sai|nham|chua dung|khong dung|thay doi|doi|khac|sua|sua lai))?$/;
const NAME_WRONG =
  /^(?:sai|nham|sua|sua lai)(?: o| cai)? ((?:so )?(?:luot|buoi|lop|ho|nha|nguoi|ky nang)(?: [a-z]+){0,3})$|^((?:so )?(?:luot|buoi|lop|ho|nha|nguoi|ky nang)(?: [a-z]+){0,2}) (?:bi )?(?:sai|nham|chua dung|khong dung)$/;
const WRONG =
  /^(?:(?:bao|gui|ghi|nhap|go|bam|danh|viet) )?(?:nham|sai|lon)(?: (?:phim|so|het|bet|thang|cai gi|cho nao))*$/;

/** Reads a whole message as such an act; null when it is none. Marks do not matter: none of these sends or stores a value. */
export const readAct = remembered(actOf, 50);

function actOf(text: string): Act | null {
  const decoded = decodeTelex(text);
  return (
    read(spelt(text)) ??
    (decoded === null ? null : read(decoded)) ??
    (speaksOfElse(text) ? null : actAsIn(text))
  );
}

/** Help is wanted, or something that the articles answer. */
function speaksOfElse(text: string): boolean {
  const fold = foldText(text);
  return WANTS_HELP.test(fold) || ELSEWHERE.test(fold);
}

function read(text: string): Act | null {
  if (text.length > 80) return null;
  if (asksIfScam(text)) return null;
  if (endsAsking(text) && ASKED_BACK.test(foldText(text)) && !ELSEWHERE.test(foldText(text)))
    return { kind: 'explain' };
  // «Nhờ» is no «nhớ» and «nhỏ» neither.
  const whole = foldText(text.replace(/nhờ|nhỏ/giu, '-').replace(/[^\p{L}\p{M}\d\s]/gu, ' ')).replace(
    /(?:^| )k0(?= )/,
    ' ko',
  );
  const forms = new Set([whole, whole.replace(COURTESY, '').trim()]);
  for (const fold of forms) {
    const act = ofForm(fold);
    if (act) return act;
  }
  // «Gửi rồi à»: asked, whatever it would be without its last word.
  return endsAsking(text) && /(?:^| )(?:gui|nop)(?: |$)/.test(whole) && !OF_MEDIA.test(whole)
    ? { kind: 'asks_sending' }
    : null;
}

/** «Không tính trẻ con thì bốn mươi»: the figure is there, in words. */
function saysNumber(fold: string): boolean {
  return itemsIn(fold.replace(/(?:^| )nam(?: duoc| ro| chac)*$/, ' ')).some(({ type }) => type === 'number');
}

function ofForm(fold: string): Act | null {
  const numbered = PLACE_WRONG.exec(fold);
  if (numbered)
    return { kind: 'wrong', number: Number(numbered[1] ?? numbered[2] ?? numbered[3]), name: null };
  const answered = ANSWERED_WRONG.exec(fold);
  if (answered) return { kind: 'wrong', number: Number(answered[1]), name: null };
  if (SEVERAL_WRONG.test(fold) && /(?:sai|nham|sua|doi|khac|chua dung|khong dung)/.test(fold)) {
    const [number = 0, ...others] = (fold.match(/[1-9]/g) ?? []).map(Number);
    return { kind: 'wrong', number, name: null, others };
  }
  const to = BACK_TO.exec(fold);
  if (to) return { kind: 'back', number: to[1] === undefined ? 1 : Number(to[1]) };
  if (WHY_THIS.test(fold)) return { kind: 'unsure' };
  if (START_OVER.test(fold)) return { kind: 'start_over' };
  if (LEFT.test(fold) && !saysNumber(fold)) return { kind: 'how_many_left' };
  const elsewhere = ELSEWHERE.test(fold);
  const figures = /\d/.test(
    fold.replace(
      /\d{1,2} tuoi|1 hay 2|(?:^| )(?:1|mot) (?:ng|nguoi|ong|ba|cu|bac) .{0,14}\d (?:buoi|hom|lan) |(?:hoc|den|di) (?:ca |du )?\d (?:buoi|hom|lan) (?=thi |tinh )|tinh (?:la )?1 hay (?:la )?2/g,
      '',
    ),
  );
  if (!elsewhere && ENDS_HOW.test(fold)) return { kind: 'explain' };
  if (elsewhere && COUNTS.test(fold)) return { kind: 'explain' };
  if (!elsewhere && !figures && EXPLAIN.some((pattern) => pattern.test(fold))) return { kind: 'explain' };
  if (BACK.test(fold)) return { kind: 'back', number: null };
  if (figures || elsewhere) return null;
  if ((ASKS_SENDING.test(fold) && !OF_MEDIA.test(fold)) || OF_OTHERS.test(fold))
    return { kind: 'asks_sending' };
  if (ONE_BY_ONE.test(fold)) return { kind: 'one_by_one' };
  if (UNSURE.test(fold)) return { kind: 'unsure' };
  if (!WANTS_HELP.test(fold) && UNKNOWN.some((pattern) => pattern.test(fold)) && !saysNumber(fold))
    return { kind: 'unknown' };
  if (WRONG.test(fold)) return { kind: 'wrong', number: null, name: null };
  const named = NAME_WRONG.exec(fold);
  const name = named?.[1] ?? named?.[2];
  return name === undefined ? null : { kind: 'wrong', number: null, name };
}
