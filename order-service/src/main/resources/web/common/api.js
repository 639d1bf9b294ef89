// The HTTP client: problems become errors, and every call has a timeout.
import { connection } from './status.js';
import { endIfOver, logOut, token } from './session.js';

const ANSWER_MAX_MS = 20_000;
/** Of a whole stream: a run waits for those before it. */
const STREAM_MAX_MS = 120_000;
/** Of a whole file, as long as the server sends one. */
const FILE_MAX_MS = 600_000;
const RETRY_AFTER_DEFAULT_SECONDS = 2;

/** Pages read of one list; the view says whether the list continues. */
const LIST_PAGES_MAX = 20;

/** Answers that came with the document: each for the first request without a token, and only while they are new. */
const CARRIED_MAX_MS = 10_000;
const SETTINGS = '/api/shop';
const carried = new Map(Object.entries(JSON.parse(document.getElementById('answers')?.textContent ?? '{}')));

/** The server refused the request, or is unavailable. */
export class Problem extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.slug = String(body.type || '').replace(/^.*\/problems\//, '');
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether to repeat the same request after `retryAfterSeconds`. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

/** No response from the server. */
export class Unreachable extends Error {}

/**
 * All elements of a list, read page by page: `{items, complete}`; without duplicates, which a page may repeat.
 * field: name of the array in a page; id: key of an element
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
 * Calls the API: `{status, json, retryAfterSeconds, next, carried}`, or fails with a Problem or Unreachable.
 * next: URL of a list's next page; carried: whether the document brought the answer; origin: if not this page's; part: name of the connection in the banner
 */
export async function call(method, path, { body, headers = {}, origin = '', part = 'api' } = {}) {
  endIfOver();
  const sent = token();
  // the settings are the same for everyone
  const first = method === 'GET' && (!sent || path === SETTINGS) ? take(path) : undefined;
  if (first) return { status: 200, json: first, carried: true };
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

/** A document from the browser's cache may be of any age. */
function take(path) {
  const isNew = performance.getEntriesByType('navigation')[0]?.transferSize > 0 && performance.now() < CARRIED_MAX_MS;
  const answer = isNew ? carried.get(path) : undefined;
  carried.delete(path);
  return answer;
}

/** Downloads a file into the browser's folder; the server names it. Fails as `call` does. */
export async function download(path) {
  endIfOver();
  const sent = token();
  const request = { headers: sent ? { Authorization: `Bearer ${sent}` } : {}, cache: 'no-store', signal: AbortSignal.timeout(FILE_MAX_MS) };
  const { name, file } = await works('api', path, async () => {
    const response = await fetch(path, request);
    if (!response.ok) throw new Problem(response.status, parse(await response.text()), Number(response.headers.get('Retry-After')));
    return { name: /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1], file: await response.blob() };
  });
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: address, download: name ?? '' }).click();
  URL.revokeObjectURL(address);
}

/** Posts, and passes on each line of a newline-delimited answer as it arrives; fails as `call` does. */
export async function callLines(path, { origin = '', part = 'api' }, each) {
  endIfOver();
  const sent = token();
  const request = { method: 'POST', headers: sent ? { Authorization: `Bearer ${sent}` } : {}, cache: 'no-store', signal: AbortSignal.timeout(STREAM_MAX_MS) };
  await works(part, path, async () => {
    const response = await fetch(origin + path, request);
    if (!response.ok) throw new Problem(response.status, parse(await response.text()), Number(response.headers.get('Retry-After')));
    await eachLine(response.body.pipeThrough(new TextDecoderStream()).getReader(), each);
  });
}

/** Sets the state of the connection after the work; what is no Problem is that the server cannot be reached. */
async function works(part, path, work) {
  try {
    const result = await work();
    connection(part, true);
    return result;
  } catch (cause) {
    connection(part, cause instanceof Problem);
    if (cause instanceof Problem) throw cause;
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

function reach(part, url, request) {
  return works(part, url, async () => {
    const response = await fetch(url, request);
    return { ok: response.ok, status: response.status, headers: response.headers, json: parse(await response.text()) };
  });
}

/** A proxy may answer with a page of its own. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
