import { Schema, type Connection, type Model } from 'mongoose';
import type { Listed } from './dialog';

/** One document for each person: the state between messages, and the lease of whoever is answering now. */
export interface ConversationDocument {
  _id: string;
  turn: number;
  lastEvents: string[];
  stack: unknown[];
  locale: string;
  /** Absent in documents of before there was such a thing. */
  offered?: number;
  listed?: Listed | null;
  /** Grows each time the lease changes hands; a write that carries an older one is refused. */
  fence: number;
  leaseOwner: string | null;
  leaseUntil: Date | null;
}

const schema = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    turn: { type: Number, required: true },
    lastEvents: { type: [String], required: true },
    stack: { type: [Schema.Types.Mixed], required: true } as never,
    locale: { type: String, default: '' },
    offered: Number,
    listed: { type: Schema.Types.Mixed, default: null },
    fence: { type: Number, required: true },
    leaseOwner: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);

export function conversationModel(connection: Connection): Model<ConversationDocument> {
  return (
    connection.models['Conversation'] ??
    connection.model<ConversationDocument>('Conversation', schema, 'conversations')
  );
}
