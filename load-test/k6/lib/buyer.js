// One who wants a unit: asks, and keeps asking the same, under the same key, until the answer is clear.
import http from 'k6/http';
import { sleep } from 'k6';
import { plan } from './plan.js';
import { mint } from './tokens.js';
import { read } from './answers.js';

const ONE_UNIT = JSON.stringify({ quantity: 1 });
const TIMEOUT = `${plan.answerSecondsMax}s`;

// name: plain letters, digits and dashes, and not used before in this sale. It is the order's key as well.
export function buyer(saleId, name) {
  const authorization = `Bearer ${mint(name)}`;
  const order = {
    method: 'POST',
    url: `${plan.api}/api/sales/${saleId}/orders`,
    body: ONE_UNIT,
    params: {
      headers: { Authorization: authorization, 'Content-Type': 'application/json', 'Idempotency-Key': name },
      tags: { name: 'place' },
      timeout: TIMEOUT,
    },
  };
  if (plan.waitSeconds > 0) {
    order.params.headers.Prefer = `wait=${plan.waitSeconds}`;
  }
  const look = { headers: { Authorization: authorization }, tags: { name: 'look' }, timeout: TIMEOUT };

  const ask = () => read(http.request(order.method, order.url, order.body, order.params));
  const lookAfter = (id) => read(http.get(`${plan.api}/api/orders/${id}`, look));

  // After a 202: looks after the order, and gives up looking after a while.
  function follow(accepted) {
    let answer = accepted;
    for (let looks = 0; looks < plan.looksMax && !answer.decided; looks += 1) {
      sleep(plan.lookEverySeconds);
      answer = lookAfter(accepted.id);
    }
    return answer;
  }

  // Goes on from a first answer to the last one: looks, waits as the shop asks, repeats.
  function settle(first) {
    let answer = first;
    for (let retries = 0; !answer.decided && retries < plan.retriesMax; retries += 1) {
      if (answer.kind === 'pending') {
        answer = follow(answer);
      } else {
        sleep(retryWait(answer));
      }
      if (!answer.decided) {
        answer = ask();
      }
    }
    return answer;
  }

  return {
    buy: () => settle(ask()),
    // Two of the same at the same time, as by an impatient finger.
    buyTwice: () => http.batch([order, order]).map(read).map(settle),
    ask,
  };
}

// As the shop asks, within reason, and spread, so that those who were sent away do not come back together.
function retryWait(answer) {
  const asked = Math.max(answer.retryAfterSeconds, plan.retrySecondsMin);
  return Math.min(asked * (1 + Math.random() / 2), plan.retrySecondsMax);
}
