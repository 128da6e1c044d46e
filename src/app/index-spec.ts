/** An index as it is declared and as a server lists it, in one shape, so that the two can be compared. */
export interface Index {
  readonly name: string;
  /** Path → 1 or -1; the order counts. */
  readonly key: Readonly<Record<string, number>>;
  readonly unique?: true;
  readonly sparse?: true;
  readonly partialFilterExpression?: object;
  readonly expireAfterSeconds?: number;
}

/** Only what makes an index what it is; servers add fields of their own. Without a name it gets the one MongoDB would give it. */
export function describeIndex(raw: object): Index {
  const spec = raw as Partial<Record<keyof Index, unknown>>;
  const fields = Object.entries(spec.key as Record<string, unknown>).map(
    ([path, way]) => [path, Number(way)] as const,
  );
  const { name = fields.flat().join('_'), partialFilterExpression, expireAfterSeconds } = spec;
  return {
    name: name as string,
    key: Object.fromEntries(fields),
    ...(spec.unique === true ? { unique: true as const } : {}),
    ...(spec.sparse === true ? { sparse: true as const } : {}),
    ...(partialFilterExpression ? { partialFilterExpression } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: Number(expireAfterSeconds) }),
  };
}

/** Whether the one is the other, name and all. */
export function isSame(a: Index, b: Index): boolean {
  return a.name === b.name && shapeOf(a) === shapeOf(b);
}

/** Whether a server would refuse to have both: they share the name, or what they hold. */
export function isNamedAlike(a: Index, b: Index): boolean {
  return a.name === b.name || JSON.stringify(holdsOf(a)) === JSON.stringify(holdsOf(b));
}

function holdsOf({ key, partialFilterExpression }: Index): unknown {
  return [Object.entries(key), partialFilterExpression ?? null];
}

function shapeOf(index: Index): string {
  const { unique, sparse, expireAfterSeconds } = index;
  return JSON.stringify([holdsOf(index), unique === true, sparse === true, expireAfterSeconds ?? null]);
}
