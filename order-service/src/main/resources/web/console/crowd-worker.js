// Simulated buyers of a rehearsal, in a worker: they log in, order with their own keys, and repeat when asked to,
// never earlier. They use the public API only.

/** Concurrent requests: browsers allow six connections to an origin, and the console needs some itself. */
const IN_FLIGHT_MAX = 4;
const ATTEMPTS_MAX = 60;
const RETRY_AFTER_DEFAULT_SECONDS = 1;
const ANSWER_MAX_MS = 20_000;
const TELL_EVERY_MS = 250;

const said = { buyers: 0, have: 0, refused: 0, failed: 0, asked: 0 };

onmessage = async ({ data: { saleId, buyers, run } }) => {
  said.buyers = buyers;
  const queue = Array.from({ length: buyers }, (_, i) => ({ name: `crowd-${run}-${i}`, key: `${run}-${i}`, at: 0, attempts: 0 }));
  const telling = setInterval(() => postMessage(said), TELL_EVERY_MS);
  await Promise.all(Array.from({ length: IN_FLIGHT_MAX }, () => work(queue, saleId)));
  clearInterval(telling);
  postMessage({ ...said, done: true });
};

const decided = () => said.have + said.refused + said.failed;

/** One of the concurrent loops: takes the next buyer that is due, until all have an answer. */
async function work(queue, saleId) {
  while (decided() < said.buyers) {
    const due = queue.findIndex((buyer) => buyer.at <= performance.now());
    if (due < 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    const [buyer] = queue.splice(due, 1);
    const outcome = await attempt(buyer, saleId);
    if (outcome === 'again' && ++buyer.attempts < ATTEMPTS_MAX) queue.push(buyer);
    else said[outcome === 'again' ? 'failed' : outcome]++;
  }
}

async function attempt(buyer, saleId) {
  try {
    buyer.token ??= await logIn(buyer);
    if (!buyer.token) return 'again';
    const answer = await post(buyer, `/api/sales/${saleId}/orders`, { quantity: 1 },
      { Authorization: `Bearer ${buyer.token}`, 'Idempotency-Key': buyer.key });
    if (answer.status === 201) return 'have';
    if (answer.status === 202 || passes(answer)) return later(buyer, answer);
    return answer.status === 409 ? 'refused' : 'failed';
  } catch {
    // No answer: the same order again, with the same key.
    buyer.at = performance.now() + RETRY_AFTER_DEFAULT_SECONDS * 1000;
    return 'again';
  }
}

async function logIn(buyer) {
  const answer = await post(buyer, '/api/sessions', { name: buyer.name }, {});
  if (answer.status === 201) return (await answer.json()).token;
  later(buyer, answer);
  return undefined;
}

function post(buyer, path, body, headers) {
  said.asked++;
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    body: JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  });
}

const passes = ({ status }) => status === 429 || status >= 500;

/** Up to a fifth later, so that rejected buyers do not return at the same time. */
function later(buyer, answer) {
  const seconds = Number(answer.headers.get('Retry-After')) || RETRY_AFTER_DEFAULT_SECONDS;
  buyer.at = performance.now() + seconds * 1000 * (1 + Math.random() / 5);
  return 'again';
}
