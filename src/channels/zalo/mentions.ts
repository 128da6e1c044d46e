/**
 * In a group, `[@<id>]` calls a member and `[@<id of the group>]` calls everybody: nobody shall do that through us. The
 * sign becomes its wide form, which looks alike, calls nobody and is no longer than it was.
 */
export function withoutMentions(text: string): string {
  return text.replaceAll('[@', '[＠');
}
