import { get, isDoc, put, type Doc } from './bson-values';
import { CommandError, unsupported } from './errors';
import { partsOf } from './paths';

/** The expressions of aggregation this store has: field paths (`$a.b`, `$$ROOT`), constants, `$literal`, and documents of them. */
export type Expression = (doc: Doc) => unknown;

export function compileExpression(expression: unknown): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return fieldPath(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return (doc) => items.map((item) => item(doc) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const keys = Object.keys(expression);
  if (keys[0]?.startsWith('$')) {
    if (keys.length > 1)
      throw new CommandError(
        15983,
        'Location15983',
        'An object representing an expression must have exactly one field',
      );
    if (keys[0] !== '$literal')
      throw unsupported(`the expression ${keys[0]}`, 168, 'InvalidPipelineOperator');
    return () => expression.$literal;
  }
  const fields = Object.entries(expression).map(([key, value]) => [key, compileExpression(value)] as const);
  return (doc) => {
    const out: Doc = {};
    for (const [key, value] of fields) {
      const result = value(doc);
      if (result !== undefined) put(out, key, result);
    }
    return out;
  };
}

function fieldPath(text: string): Expression {
  if (text === '$$ROOT' || text === '$$CURRENT') return (doc) => doc;
  if (text.startsWith('$$ROOT.')) return fieldPath(`$${text.slice('$$ROOT.'.length)}`);
  if (text.startsWith('$$')) throw unsupported(`the variable ${text}`, 17276, 'Location17276');
  const parts = partsOf(text.slice(1));
  if (parts.some((part) => part === '' || part.startsWith('$')))
    throw new CommandError(15998, 'Location15998', `FieldPath '${text}' is not valid`);
  return (doc) => resolve(doc, parts, 0);
}

/** Unlike a query, an expression reads an array element by element and never by place. */
function resolve(value: unknown, parts: readonly string[], from: number): unknown {
  let current = value;
  for (let i = from; i < parts.length; i++) {
    if (Array.isArray(current)) {
      const found: unknown[] = [];
      for (const element of current) {
        const inner = isDoc(element) || Array.isArray(element) ? resolve(element, parts, i) : undefined;
        if (inner !== undefined) found.push(inner);
      }
      return found;
    }
    if (!isDoc(current)) return undefined;
    current = get(current, parts[i] as string);
  }
  return current;
}
