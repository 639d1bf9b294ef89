// Stand-ins for k6's own modules, as far as load-test/k6 uses them. `host` is the Java side: requests, sleep, hashes.
(function (host) {
  const metrics = {};

  function kind(type, fields, add) {
    return function Metric(name) {
      if (metrics[name] !== undefined) {
        throw new Error(`metric ${name} is made twice`);
      }
      const values = {};
      const samples = [];
      fields.forEach((field) => {
        values[field] = 0;
      });
      metrics[name] = { type, values, samples };
      this.add = (value) => {
        samples.push(value);
        add(values, value, samples);
      };
    };
  }

  const Counter = kind('counter', ['count'], (values, value) => {
    values.count += value;
  });
  const Gauge = kind('gauge', ['value'], (values, value) => {
    values.value = value;
  });
  const Trend = kind('trend', ['max'], (values, value, samples) => {
    const sorted = samples.slice().sort((a, b) => a - b);
    [50, 95, 99].forEach((percent) => {
      values[`p(${percent})`] = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
    });
    values.max = sorted[sorted.length - 1];
  });

  function response(text) {
    const answer = JSON.parse(text);
    answer.timings = { duration: answer.millis };
    answer.json = () => JSON.parse(answer.body);
    return answer;
  }

  function asText(request) {
    const params = request.params || {};
    if (params.timeout === undefined) {
      throw new Error(`no timeout: ${request.method} ${request.url}`);
    }
    return JSON.stringify({
      method: request.method,
      url: request.url,
      headers: params.headers || {},
      body: request.body === undefined ? null : request.body,
    });
  }

  const send = (requests) => Array.from(host.send(requests.map(asText))).map(response);

  const modules = {
    k6: { sleep: (seconds) => host.sleep(seconds) },
    'k6/http': {
      default: {
        request: (method, url, body, params) => send([{ method, url, body, params }])[0],
        get: (url, params) => send([{ method: 'GET', url, params }])[0],
        batch: send,
        expectedStatuses: () => ({}),
        setResponseCallback: () => undefined,
      },
    },
    'k6/metrics': { Counter, Gauge, Trend },
    'k6/encoding': { default: { b64encode: (text, form) => host.base64(text, form) } },
    'k6/crypto': { hmac: (algorithm, key, text, form) => host.hmac(algorithm, key, text, form) },
    'k6/execution': { default: { scenario: { iterationInTest: 0 } } },
  };

  // Evaluates the rules that k6 would, and as it does: one about a metric without a sample counts as kept.
  function judged(thresholds) {
    const all = {};
    Object.keys(metrics).forEach((name) => {
      all[name] = { values: metrics[name].samples.length > 0 ? metrics[name].values : {} };
    });
    Object.keys(thresholds).forEach((name) => {
      const metric = all[name] || {};
      all[name] = metric;
      metric.values = metric.values || {};
      metric.thresholds = {};
      thresholds[name].forEach((rule) => {
        const parts = /^(count|p\(\d+\))(==|<=|<)(\d+)$/.exec(rule);
        if (parts === null) {
          throw new Error(`a rule that k6 would not understand: ${rule}`);
        }
        metric.thresholds[rule] = { ok: holds(metric.values[parts[1]], parts[2], Number(parts[3])) };
      });
    });
    return all;
  }

  function holds(value, operator, limit) {
    if (value === undefined) {
      return true;
    }
    return operator === '==' ? value === limit : operator === '<=' ? value <= limit : value < limit;
  }

  return { modules, judged };
});
