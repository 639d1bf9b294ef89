// Why a server refused a request, in the page's language: servers write English, so there is a text for each type of problem.
import { currentLanguage } from './words.js';
import chinese from './words/problems-zh.js';

const FIELD = /"([^"]+)"/;
const ROW = /^row (\d+):/;
const FIELDS_MAX = 5;

/** cause: a Problem, or another error, whose message is in the page's language */
export function reasonOf(cause) {
  if (cause.slug === undefined || currentLanguage() === 'en') return cause.message;
  const text = chinese[cause.slug] ?? `服务器拒绝了请求（${cause.slug || cause.status}）。`;
  const fields = errorsOf(cause.body);
  return fields.length === 0 ? text : `${text.replace(/。$/, '')}：${fields.slice(0, FIELDS_MAX).join('、')}。`;
}

/** What is wrong with each field of the request, by a problem's body; in another language than the server's only which fields. */
export function errorsOf({ errors = [] }) {
  if (currentLanguage() === 'en') return errors;
  const named = errors.map((error) => {
    const [row, field] = [ROW.exec(error)?.[1], FIELD.exec(error)?.[1] ?? ''];
    return row ? `第 ${row} 行 ${field}` : field;
  });
  return [...new Set(named)].filter((text) => text !== '');
}
