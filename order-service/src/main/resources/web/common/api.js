// The client of the HTTP interface: problems as errors, and every call with a limit in time.
import { connection } from './status.js';
import { endIfOver, logOut, token } from './session.js';

const ANSWER_MAX_MS = 20_000;
/** Of a whole stream: a run waits for those before it. */
const STREAM_MAX_MS = 120_000;
const RETRY_AFTER_DEFAULT_SECONDS = 2;

/** What a list may cost the server at most; a page that shows one says when it goes on. */
const LIST_PAGES_MAX = 20;

/** The server said no, or not now. */
export class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.slug = String(body.type || '').replace(/^.*\/problems\//, '');
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether the same request is worth repeating, after `retryAfterSeconds`. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

/** Nothing was heard of the server. */
export class Unreachable extends Error {}

/**
 * All elements of a list, page by page: `{items, complete}`; each once, though one may move while pages are read.
 * field: where a page has its elements; id: the field that tells them apart
 */
export async function callForAll(path, field, id) {
  const items = new Map();
  let next = path;
  for (let pages = 0; next && pages < LIST_PAGES_MAX; pages++) {
    const page = await call('GET', next);
    for (const item of page.json[field]) items.set(item[id], item);
    next = page.next;
  }
  return { items: [...items.values()], complete: !next };
}

/**
 * Calls the interface: `{status, json, retryAfterSeconds, next}`, or fails with a Problem or Unreachable.
 * next: the address of a list's next page; origin: where, if not here; part: whose connection the banner speaks of
 */
export async function call(method, path, { body, headers = {}, origin = '', part = 'api' } = {}) {
  endIfOver();
  const sent = token();
  const answer = await reach(part, origin + path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(sent ? { Authorization: `Bearer ${sent}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  });
  const retryAfterSeconds = Number(answer.headers.get('Retry-After')) || RETRY_AFTER_DEFAULT_SECONDS;
  const next = /<([^>]*)>; rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1];
  if (answer.ok) return { status: answer.status, json: answer.json, retryAfterSeconds, next };
  if (answer.status === 401 && sent && sent === token()) logOut();
  throw new Problem(answer.status, answer.json, retryAfterSeconds);
}

/** Posts, and passes on each line of a newline-delimited answer as it arrives; fails as `call` does. */
export async function callLines(path, { origin = '', part = 'api' }, each) {
  endIfOver();
  const sent = token();
  const request = { method: 'POST', headers: sent ? { Authorization: `Bearer ${sent}` } : {}, cache: 'no-store', signal: AbortSignal.timeout(STREAM_MAX_MS) };
  try {
    const response = await fetch(origin + path, request);
    connection(part, true);
    if (!response.ok) throw new Problem(response.status, parse(await response.text()), Number(response.headers.get('Retry-After')));
    await eachLine(response.body.pipeThrough(new TextDecoderStream()).getReader(), each);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    connection(part, false);
    throw new Unreachable(path, { cause });
  }
}

async function eachLine(reader, each) {
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop();
    lines.forEach((line) => each(parse(line)));
  }
}

async function reach(part, url, request) {
  try {
    const response = await fetch(url, request);
    const text = await response.text();
    connection(part, true);
    return { ok: response.ok, status: response.status, headers: response.headers, json: parse(text) };
  } catch (cause) {
    connection(part, false);
    throw new Unreachable(url, { cause });
  }
}

/** What stands between may answer with a page of its own. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
