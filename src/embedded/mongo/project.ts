import { get, isDoc, isNumber, put, toNumber, type Doc } from './bson-values';
import { CommandError, unsupported } from './errors';
import { partsOf } from './paths';

/** Projections: paths to keep or to leave out. */
interface Tree {
  [field: string]: Tree | true;
}

export type Projection = (doc: Doc) => Doc;

/** Null when everything is wanted. */
export function compileProjection(spec: unknown): Projection | null {
  if (spec === undefined || spec === null) return null;
  if (!isDoc(spec)) throw new CommandError(14, 'TypeMismatch', 'the projection must be an object');
  const entries = flatten(spec, '');
  if (entries.length === 0) return null;
  let keepId: boolean | undefined;
  let including: boolean | undefined;
  const tree: Tree = {};
  for (const [path, wanted] of entries) {
    if (path === '_id') {
      keepId = wanted;
      continue;
    }
    if (including !== undefined && including !== wanted) {
      const code = wanted ? 31253 : 31254;
      const [one, other] = wanted ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion'];
      throw new CommandError(
        code,
        `Location${code}`,
        `Cannot do ${one} on field ${path} in ${other} projection`,
      );
    }
    including = wanted;
    plant(tree, path);
  }
  including ??= keepId === true;
  if (including) {
    if (keepId !== false) tree._id = tree._id ?? true;
    return (doc) => include(doc, tree);
  }
  if (keepId === false) tree._id = true;
  return (doc) => exclude(doc, tree);
}

function flatten(spec: Doc, prefix: string): [string, boolean][] {
  const out: [string, boolean][] = [];
  for (const [key, value] of Object.entries(spec)) {
    const path = prefix + key;
    if (key === '' || key.startsWith('$') || path.endsWith('.$'))
      throw unsupported(`the projection '${path}'`, 2, 'BadValue');
    if (typeof value === 'boolean') out.push([path, value]);
    else if (isNumber(value)) out.push([path, toNumber(value) !== 0]);
    else if (isDoc(value) && Object.keys(value).some((name) => !name.startsWith('$')))
      out.push(...flatten(value, `${path}.`));
    else throw unsupported(`an expression in the projection of '${path}'`, 2, 'BadValue');
  }
  return out;
}

function plant(tree: Tree, path: string): void {
  const parts = partsOf(path);
  let node = tree;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const here = Object.hasOwn(node, part) ? node[part] : undefined;
    if (here === true || (last && here !== undefined))
      throw new CommandError(31249, 'Location31249', `Path collision at ${path}`);
    if (last) node[part] = true;
    else node = node[part] = here ?? {};
  }
}

function branch(tree: Tree, key: string): Tree | true | undefined {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

function include(doc: Doc, tree: Tree): Doc {
  const out: Doc = {};
  for (const key of Object.keys(doc)) {
    const node = branch(tree, key);
    if (node === undefined) continue;
    const value = doc[key];
    if (node === true) put(out, key, value);
    else if (isDoc(value)) put(out, key, include(value, node));
    else if (Array.isArray(value)) put(out, key, includeArray(value, node));
  }
  return out;
}

function includeArray(values: readonly unknown[], tree: Tree): unknown[] {
  const out: unknown[] = [];
  for (const value of values) {
    if (isDoc(value)) out.push(include(value, tree));
    else if (Array.isArray(value)) out.push(includeArray(value, tree));
  }
  return out;
}

function exclude(doc: Doc, tree: Tree): Doc {
  const out: Doc = {};
  for (const key of Object.keys(doc)) {
    const node = branch(tree, key);
    if (node === true) continue;
    const value = get(doc, key);
    put(out, key, node === undefined ? value : excludeFrom(value, node));
  }
  return out;
}

function excludeFrom(value: unknown, tree: Tree): unknown {
  if (isDoc(value)) return exclude(value, tree);
  if (Array.isArray(value)) return value.map((element) => excludeFrom(element, tree));
  return value;
}
