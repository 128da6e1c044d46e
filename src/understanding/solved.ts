/** Whether somebody needs no more, and says so or says thanks with it. Pure. */

/** «Ok em bác làm được rồi», «vào được rồi nhé»: a citizen who needs no more. */
const SOLVED =
  /^(?:(?:ok|oke|da|vang|u|a|the|em|chau|bac|toi|minh|anh|chi|ong|ba|co|chu|gio) )*(?:lam|vao|mo|kich hoat|nhan|dang nhap|xem|cai)(?: no| ma| app)? (?:duoc|xong) (?:roi|xong)(?: (?:nhe|a|em|chau|bac|oi|ok|day|cam on|nhieu|on|qua|tot|may))*$/;

/** «Được rồi cháu ạ, bác cảm ơn». */
const THANKS_LAST =
  /^(?:(?:duoc|ok|oke|da|vang|hieu|xong|the|on|tot|biet|lam) ?)+(?:\S+ ){0,4}cam on(?: (?:nhe|a|em|chau|nhieu|con|ban|lam|oi))*$/;

/** `fold` without marks. */
export function saysSolved(fold: string): boolean {
  const said = fold.trim().replace(/ +/g, ' ');
  return SOLVED.test(said) || THANKS_LAST.test(said);
}
