// The running instances: ready or not and why, version, start. One that this page saw and that is missing now stays listed.
import { call } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { table } from '../../common/parts.js';
import { moment, t } from '../../common/words.js';
import { refused } from '../refused.js';

const LOOK_EVERY_MS = 3_000;
/** Instances that are missing, of which the latest are listed. */
const MISSING_MAX = 50;
const HEAD = ['service', 'state', 'version', 'started', 'instance'];

export function servicesPage() {
  const said = h('p', { role: 'status' }, t('loading'));
  const list = h('div', {});
  const node = h('div', {}, h('h1', {}, t('services')), h('p', { class: 'soft' }, t('servicesHint')), said, list);
  const missing = new Map();
  let before = [];
  let drawn = '';

  const look = single(async () => {
    const { instances } = (await call('GET', '/api/services')).json;
    const now = new Set(instances.map(({ instance }) => instance));
    now.forEach((instance) => missing.delete(instance));
    before.filter(({ instance }) => !now.has(instance)).forEach((gone) => missing.set(gone.instance, { ...gone, missing: true }));
    [...missing.keys()].slice(0, Math.max(0, missing.size - MISSING_MAX)).forEach((instance) => missing.delete(instance));
    before = instances;
    const all = [...instances, ...missing.values()];
    setText(said, instances.length === 0 ? t('noServices') : '');
    const text = JSON.stringify(all);
    if (text === drawn) return;
    drawn = text;
    list.replaceChildren(...(all.length > 0 ? [table(t('services'), HEAD, all, row, bare, 'texts')] : []));
  }, (cause) => setText(said, refused(cause)));

  const stop = repeat(LOOK_EVERY_MS, look);
  look();
  return { title: t('services'), node, stop };
}

function bare(each) {
  return h('tr', {}, h('th', { scope: 'row' }, each.service), h('td', {}, each.instance));
}

function row(each) {
  return h('tr', {},
    h('th', { scope: 'row' }, each.service),
    h('td', {}, state(each)),
    h('td', {}, each.version || t('noRelease')),
    h('td', {}, each.startedAt ? moment(each.startedAt) : '–'),
    h('td', {}, h('code', {}, each.instance.slice(each.service.length + 1))));
}

function state(each) {
  if (each.missing) return h('span', { class: 'chip bad' }, t('serviceMissing'));
  if (each.ready) return h('span', { class: 'chip good' }, t('serviceReady'));
  return [h('span', { class: 'chip warn' }, t('serviceNotReady')),
    ...Object.entries(each.problems).map(([part, problem]) => h('p', { class: 'fine', lang: 'en' }, `${part}: ${problem}`))];
}
