// Sends a page's first requests before its script and styles are there: a slow connection then waits for one round trip less.
// Part of the document; the client in common/api.js takes the answers by their addresses.
(() => {
  const { token } = JSON.parse(sessionStorage.getItem(document.documentElement.dataset.session) || '{}');
  if (!token) return;
  const sale = (found) => `/api/sales/${found[1]}`;
  const PAGES = [
    [/^\/console\/?$/, () => ['/api/sales', '/api/drafts']],
    [/^\/console\/report$/, () => ['/api/sales']],
    [/^\/console\/(refunds|dead-letters|services|keys|audit)$/, (found) => [`/api/${found[1]}`]],
    [/^\/console\/sales\/([a-z2-7]{16})$/, (found) => [sale(found)]],
    [/^\/console\/sales\/([a-z2-7]{16})\/orders$/, (found) => [sale(found), `${sale(found)}/orders`]],
    [/^\/console\/sales\/([a-z2-7]{16})\/audit$/, (found) => [`/api/audit?saleId=${found[1]}`]],
    [/^\/console\/orders\/([0-9a-fA-F-]{36})$/, (found) => [`/api/orders/${found[1]}/timeline`]],
  ];
  const LAB = [
    [/^\/console\/race-lab$/, () => ['/api/race-lab/strategies']],
    [/^\/console\/learn\/race(\/|$)/, () => ['/api/race-lab/strategies']],
    [/^\/console\/learn(?:\/([a-z-]+))?$/, (found) => ['/api/learn/topics', `/api/learn/topics/${found[1] ?? 'memcached-values'}`]],
  ];
  const first = (pages) => {
    const [pattern, addresses] = pages.find(([each]) => each.test(location.pathname)) ?? [];
    return pattern ? addresses(pattern.exec(location.pathname)) : [];
  };
  const lab = JSON.parse(document.getElementById('answers')?.textContent ?? '{}')['/api/shop']?.raceLabOrigin;
  const request = { headers: { Accept: 'application/json', Authorization: `Bearer ${token}` }, cache: 'no-store' };
  const addresses = [...first(PAGES), ...(lab ? first(LAB) : []).map((path) => (lab === 'self' ? path : lab + path))];
  globalThis.earlyAnswers = new Map(addresses.map((address) => {
    const answer = fetch(address, { ...request, signal: AbortSignal.timeout(20_000) });
    // who takes it sees the failure
    answer.catch(() => {});
    return [address, answer];
  }));
})();
