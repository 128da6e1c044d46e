import { newMessageId } from '../zalo-events';
import { fromQuery, isFields, OK, refuse, word, type ApiAnswer, type ApiCall, type Fields } from './answers';
import { changeProfile, knownPerson, profileOf, type ApiContext } from './api-context';

/**
 * Fields of the account's own for each person, and what stands in them. Zalo's pages name the calls and say that a
 * definition has a name and a person a value for each; where they say no more, the simplest form that holds it is used.
 */

interface Field {
  readonly id: string;
  readonly name: string;
}

export function createCustomFields(api: ApiContext) {
  const fields = api.state.table<Field>('field');
  const named = (name: unknown): Field | undefined => fields.all().find((field) => field.name === name);

  function create({ body }: ApiCall): ApiAnswer {
    const name = isFields(body) ? word(body['name']) : undefined;
    if (name === undefined || named(name)) return refuse(-201, 'name is invalid');
    const field = { id: newMessageId(), name };
    fields.put(field.id, field);
    return { ...OK, data: field };
  }

  function rename({ body }: ApiCall): ApiAnswer {
    const { id, name: raw } = isFields(body) ? body : {};
    const field = fields.get(word(id) ?? '');
    if (!field) return refuse(-201, 'id is invalid');
    const name = word(raw);
    if (name === undefined || (named(name) ?? field).id !== field.id) return refuse(-201, 'name is invalid');
    fields.put(field.id, { ...field, name });
    return OK;
  }

  function remove({ body }: ApiCall): ApiAnswer {
    const field = fields.get(isFields(body) ? (word(body['id']) ?? '') : '');
    if (!field) return refuse(-201, 'id is invalid');
    fields.drop(field.id);
    return OK;
  }

  function read({ query }: ApiCall): ApiAnswer {
    const asked = fromQuery(query);
    const person = isFields(asked) ? knownPerson(api, asked['user_id']) : undefined;
    if (!isFields(asked) || !person) return refuse(-201, 'user_id is invalid');
    const names = asked['fields'] ?? fields.all().map(({ name }) => name);
    if (!Array.isArray(names) || !names.every(named)) return refuse(-201, 'fields is invalid');
    const held = profileOf(api, person.id).custom ?? {};
    const values = (names as string[]).map((name) => [name, held[named(name)?.id ?? ''] ?? '']);
    return { ...OK, data: { user_id: person.id, custom_info: Object.fromEntries(values) as Fields } };
  }

  function write({ body }: ApiCall): ApiAnswer {
    const given = isFields(body) ? body : {};
    const person = knownPerson(api, given['user_id']);
    if (!person) return refuse(-201, 'user_id is invalid');
    const values = isFields(given['custom_info']) ? Object.entries(given['custom_info']) : [];
    if (values.length === 0 || !values.every(([name, value]) => named(name) && typeof value === 'string'))
      return refuse(-201, 'custom_info is invalid');
    const change = Object.fromEntries(values.map(([name, value]) => [named(name)?.id ?? '', String(value)]));
    changeProfile(api, person.id, { custom: { ...profileOf(api, person.id).custom, ...change } });
    return OK;
  }

  return {
    'GET /v3.0/oa/userfield/get': (): ApiAnswer => ({ ...OK, data: fields.all() }),
    'POST /v3.0/oa/userfield/create': create,
    'POST /v3.0/oa/userfield/update': rename,
    'POST /v3.0/oa/userfield/delete': remove,
    'GET /v3.0/oa/user/detail/custominfo': read,
    'POST /v3.0/oa/user/update/custominfo': write,
  };
}
