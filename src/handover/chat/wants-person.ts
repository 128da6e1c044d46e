/** Whether a message asks for a human. Pure. */

/** «Gặp chị Hạnh»: somebody by name. */
const BY_NAME =
  /^(?:(?:cho|can|muon|xin|toi|em|bac) )*(?:gap|goi|noi chuyen voi|noi voi|trao doi voi|gap rieng) (?:anh|chi|co|chu|ong|ba) [a-z]{2,8}(?: (?:a|nhe|voi|di))*$/;

/** «Số điện thoại chị cán bộ là bao nhiêu», «số máy chị Hạnh». */
const PHONE =
  /^(?:.{0,14} )?(?:so dien thoai|so dt|sdt|so may|so phone)(?: (?:cua|chi|anh|co|chu|can bo|ai|xa|phuong|o))+(?: .{0,24})?$/;

/** Ways of wanting a person that no list of sayings ends: «nối máy cho tôi với cán bộ», «gọi lại cho tôi được không». */
const WANTS_PERSON: readonly RegExp[] = [
  /(?:^| )(?:gap|noi chuyen|noi may|chuyen may|tro chuyen|lien he)(?: (?:cho|toi|bac|em|minh|chi|voi|cung|truc tiep))* (?:mot )?(?:nguoi(?! la| goi| khac| nuoc| ta| nha)|can bo|nhan vien|lanh dao|ai do)/,
  /(?:^| )(?:goi|keu|nho|cho) (?:mot )?(?:nguoi|can bo|nhan vien)(?: (?:mot cua|xa|phuong|nao|that))* (?:ra|vao|that|den|tu van|huong dan|giup|chi|tra loi|nghe)(?: |$)/,
  /(?:^| )goi(?: dien| dt| dien thoai)?(?: lai)? cho (?:toi|tui|bac|em|minh|chi|anh|co|chu|ong|ba)(?: (?:duoc|voi|nhe|di|a|khong|dc|k|ko|cai|phat))*(?: (?:noi|bao|hoi)(?: (?:mieng|chuyen|truc tiep|thang|cho (?:le|nhanh|de|tien|chac|ro)))+)?(?: (?:toi|bac|em|de toi|de bac) (?:doc|noi|bao)(?: \S+){0,4})?(?: (?:nhan|go|viet)(?: tin)? (?:kho|lau|met|cham)(?: \S+){0,2})?$/,
  /^(?:nho|phien) (?:\S+ )?goi(?: dien)?(?: lai)?(?: cho)?(?: (?:toi|bac|em))?(?: (?:de )?(?:toi|bac|em) .{0,24}| (?:voi|nhe|a))*$/,
  /^(?:\S+ ){0,3}goi(?: dien)? lai cho (?:toi|bac|em|minh|chau)(?: |$)/,
  /(?:^| )(?:can|muon|tim|xin) (?:mot |gap )?(?:nguoi|can bo|ai do|ai) (?:\S+ ){0,2}(?:truc tiep|tan noi|tai cho|ben canh)(?: |$)/,
  /(?:^| )(?:talk|speak|chat|connect me|transfer me)(?: to| with)? (?:\S+ ){0,3}(?:person|human|officer|someone|somebody|staff|agent)(?: |$)/,
  /(?:^| )(?:co|con) ai (?:\S+ ){0,3}(?:noi chuyen|tra loi toi|tu van|giup toi|ho tro)(?: |$)/,
  /(?:chan|met|buc|khong muon|khong thich) .*voi (?:may|bot|ro bot)(?: |$)|voi (?:may|bot|ro bot) (?:chan|met|buc|khong)/,
  /(?:^| )noi (?:may )?cho (?:toi|bac|em|minh|chau|chi|co|chu)(?: (?:voi|gap|mot))* (?:anh|chi|ai|nguoi|can bo)(?: |$)/,
  /(?:^| )(?:hoi|noi chuyen|trao doi|tu van)(?: \S+)? truc tiep(?!.* (?:dau|nao|may gio))(?: |$)/,
  /(?:^| )(?:phan hoi|trao doi) (?:\S+ ){0,2}can bo(?: |$)/,
  /(?:^| )so (?:dien thoai )?(?:cua )?can bo .*(?:hoi|gap|noi)(?: |$)/,
];
/** Somebody else wants something of the person: that is no wish for a human. */
const OF_OTHERS = /(?:^| )(?:bao|doi|xin ma|doa|tu xung|xung|link|otp|lua|no|ho|so la) /;

/** Whether somebody asks to talk with a person; `fold` without marks. */
export function wantsPerson(fold: string): boolean {
  const text = fold.trim().replace(/ +/g, ' ');
  if (BY_NAME.test(text) || (PHONE.test(text) && !/\d/.test(text))) return true;
  return !OF_OTHERS.test(`${text} `) && WANTS_PERSON.some((way) => way.test(text));
}
