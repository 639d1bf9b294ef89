// Sends a page's first requests while its script is still on the way: a slow connection then waits for one round trip less. The
// client in common/api.js takes the answers by their addresses.
(() => {
  const started = document.getElementById('top')?.childElementCount > 0;
  const { token } = JSON.parse(sessionStorage.getItem(document.documentElement.dataset.session) || '{}');
  if (started || !token) return;
  const FIRST = {
    '/console': ['/api/sales', '/api/drafts'],
    '/console/refunds': ['/api/refunds'],
    '/console/dead-letters': ['/api/dead-letters'],
    '/console/services': ['/api/services'],
    '/console/keys': ['/api/keys'],
    '/console/audit': ['/api/audit'],
  };
  const LAB = {
    '/console/learn': ['/api/learn/topics', '/api/learn/topics/memcached-values'],
    '/console/race-lab': ['/api/race-lab/strategies'],
  };
  const sale = /^\/console\/sales\/([a-z2-7]{16})$/.exec(location.pathname)?.[1];
  const lab = JSON.parse(document.getElementById('answers')?.textContent ?? '{}')['/api/shop']?.raceLabOrigin;
  const addresses = [
    ...(sale ? [`/api/sales/${sale}`] : FIRST[location.pathname] ?? []),
    ...(lab ? LAB[location.pathname] ?? [] : []).map((path) => (lab === 'self' ? path : lab + path)),
  ];
  const request = { headers: { Accept: 'application/json', Authorization: `Bearer ${token}` }, cache: 'no-store' };
  globalThis.earlyAnswers = new Map(addresses.map((address) => {
    const answer = fetch(address, { ...request, signal: AbortSignal.timeout(20_000) });
    // who takes it sees the failure
    answer.catch(() => {});
    return [address, answer];
  }));
})();
