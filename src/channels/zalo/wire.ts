/**
 * What goes over the wire between Zalo and us: paths, shapes and the signature, as both ends know them. The simulator
 * stands on the other end, so nothing here may depend on how we use it.
 */

export const WEBHOOK_PATH = '/webhook/zalo';
export const SIGNATURE_HEADER = 'x-zevent-signature';
/** Where some have seen the signed time besides the body; only tried when the body's own does not verify. */
export const TIMESTAMP_HEADER = 'x-zevent-timestamp';
/** `ZNS` marks events about messages by phone number. */
export const SERVER_HEADER = 'x-zevent-server';
/** The id in the sample event that the console sends when the URL is saved or tested. */
export const PROBE_MESSAGE_ID = 'This is message id';

export const PATHS = {
  consultation: '/v3.0/oa/message/cs',
  template: '/v3.0/oa/message/template',
  /** Anonymous visitors: the shape decides. */
  anyMessage: '/v2.0/oa/message',
  groupMessage: '/v3.0/oa/group/message',
  quota: '/v3.0/oa/quota/message',
  groupQuota: '/v3.0/oa/quota/group',
  accountInfo: '/v2.0/oa/getoa',
  recentChats: '/v2.0/oa/listrecentchat',
  conversation: '/v2.0/oa/conversation',
  uploadImage: '/v2.0/oa/upload/image',
  uploadFile: '/v2.0/oa/upload/file',
  userDetail: '/v3.0/oa/user/detail',
  userList: '/v3.0/oa/user/getlist',
  userUpdate: '/v3.0/oa/user/update',
  userDelete: '/v2.0/oa/deletefollowerinfo',
  tagUser: '/v2.0/oa/tag/tagfollower',
  untagUser: '/v2.0/oa/tag/rmfollowerfromtag',
  deleteTag: '/v2.0/oa/tag/rmtag',
  tags: '/v2.0/oa/tag/gettagsofoa',
  token: '/v4/oa/access_token',
  consent: '/v4/oa/permission',
} as const;

/** Below `/v3.0/oa/group/`. */
export const GROUP_PATHS = {
  create: '/v3.0/oa/group/creategroupwithoa',
  get: '/v3.0/oa/group/getgroup',
  update: '/v3.0/oa/group/updateinfo',
  updateAsset: '/v3.0/oa/group/updateasset',
  ofAccount: '/v3.0/oa/group/getgroupsofoa',
  members: '/v3.0/oa/group/listmember',
  pending: '/v3.0/oa/group/listpendinginvite',
  invite: '/v3.0/oa/group/invite',
  acceptPending: '/v3.0/oa/group/acceptpendinginvite',
  rejectPending: '/v3.0/oa/group/rejectpendinginvite',
  addAdmins: '/v3.0/oa/group/addadmins',
  removeAdmins: '/v3.0/oa/group/removeadmins',
  removeMembers: '/v3.0/oa/group/removemembers',
  delete: '/v3.0/oa/group/delete',
  recentChats: '/v3.0/oa/group/listrecentchat',
  conversation: '/v3.0/oa/group/conversation',
} as const;

/** On the business host, for templates by phone number. */
export const BUSINESS_PATHS = {
  template: '/message/template',
  status: '/message/status',
  quota: '/message/quota',
  templateInfo: '/template/info/v2',
  /** The same in the form that others use; asked where the newer one is not there. */
  templateInfoOld: '/template/info',
  ratings: '/rating/get',
} as const;

interface Phone {
  readonly type: 'oa.open.phone';
  readonly payload: { readonly phone_code: string };
}
interface Query {
  readonly type: 'oa.query.show' | 'oa.query.hide';
  readonly payload: string;
}

/** A button of a consultation message. */
export type WireButton = { readonly title: string } & (
  | Query
  | Phone
  | { readonly type: 'oa.open.url'; readonly payload: { readonly url: string } }
);

export type WireMedia =
  | { readonly media_type: 'image'; readonly url: string }
  | { readonly media_type: 'image'; readonly attachment_id: string };

export interface WireInfoRequest {
  readonly title: string;
  readonly subtitle: string;
  readonly image_url: string;
}

export interface WirePayload {
  readonly template_type?: 'media' | 'request_user_info';
  readonly elements?: readonly (WireMedia | WireInfoRequest)[];
  readonly buttons?: readonly WireButton[];
}

export type WireAttachment =
  | { readonly type: 'template'; readonly payload: WirePayload }
  | { readonly type: 'file'; readonly payload: { readonly token: string } };

export interface WireMessage {
  readonly text?: string;
  readonly quote_message_id?: string;
  readonly attachment?: WireAttachment;
}

export type WireRecipient =
  | { readonly user_id: string }
  | { readonly group_id: string }
  | { readonly anonymous_id: string; readonly conversation_id: string };

export interface ConsultationBody {
  readonly recipient: WireRecipient;
  readonly message: WireMessage;
}

export interface TemplateBody {
  readonly user_id: string;
  readonly template_id: string;
  readonly template_data: Readonly<Record<string, string>>;
}

export interface PhoneTemplateBody {
  /** `84…`. */
  readonly phone: string;
  readonly template_id: string;
  readonly template_data: Readonly<Record<string, string>>;
  /** At most 48 ASCII characters; comes back with the receipt. */
  readonly tracking_id?: string;
  readonly sending_mode: '1' | '3';
}
