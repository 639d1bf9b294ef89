// One sale: its data, its progress, and the operator's actions.
import { call, Problem } from '../../common/api.js';
import { h, setText, show } from '../../common/dom.js';
import { facts as shop } from '../../common/facts.js';
import { repeat, single } from '../../common/pace.js';
import { notice, saleChip } from '../../common/parts.js';
import { go, retitle } from '../../common/router.js';
import { announce } from '../../common/status.js';
import { number, t } from '../../common/words.js';
import { courseCard } from '../course.js';
import { crowdCard } from '../crowd.js';
import { livePicture } from '../live.js';
import { notesCard } from '../notes.js';
import { editPresentation } from '../presentation.js';
import { pulseCard } from '../pulse.js';
import { deleteDraft, editSale, endSale, pauseSale, publishSale, resumeSale } from '../sale-dialogs.js';
import { saleTerms, termNodes } from '../sale-terms.js';
import { verificationCard } from '../verification.js';
import { waitingRoomCard } from '../waiting-room.js';

const LOOK_EVERY_MS = 1_000;

export function salePage(saleId) {
  const title = h('h1', {}, t('loading'));
  const chip = h('span', {});
  const done = h('p', { class: 'done', role: 'status' });
  const publish = h('button', { type: 'button', class: 'button publish', hidden: true, on: { click: () => change(publishSale, 'published') } }, t('publish'));
  const unpublished = h('p', { class: 'notice', hidden: true }, t('unpublished'));
  const edit = h('button', { type: 'button', class: 'button quiet', on: { click: () => change(editSale, 'saved') } }, t('edit'));
  const pause = h('button', { type: 'button', class: 'button quiet pause', hidden: true, on: { click: () => change(pauseSale, 'paused') } }, t('pause'));
  const resume = h('button', { type: 'button', class: 'button resume', hidden: true, on: { click: () => change(resumeSale, 'resumed') } }, t('resume'));
  const present = h('button', { type: 'button', class: 'button quiet', on: { click: () => change(editPresentation, 'saved') } }, t('presentation'));
  const end = h('button', { type: 'button', class: 'button danger', on: { click: () => change(endSale, 'ended') } }, t('end'));
  const remove = h('button', { type: 'button', class: 'button danger delete-draft', hidden: true, on: { click: discard } });
  const facts = h('dl', { class: 'facts figures' });
  const description = h('p', { class: 'description', hidden: true });
  const picture = h('img', { class: 'sale-image', alt: '', hidden: true });
  const verification = verificationCard(saleId);
  const live = livePicture(saleId);
  const room = waitingRoomCard(saleId);
  const pulse = pulseCard(saleId);
  const notes = notesCard(saleId);
  const course = courseCard(saleId);
  const crowd = shop.demoLogin ? crowdCard(saleId, { ended: verification.verify }) : null;
  const node = h('div', {},
    h('div', { class: 'row between' }, h('div', { class: 'row' }, title, chip),
      h('div', { class: 'row' }, publish, edit, present, pause, resume, end, remove,
        h('a', { class: 'button quiet', href: `/console/sales/${saleId}/orders` }, t('orders')),
        h('a', { class: 'button quiet', href: `/console/sales/${saleId}/audit` }, t('audit')),
        h('a', { class: 'button quiet', href: `/sales/${saleId}`, target: '_blank', rel: 'noopener' }, t('asBuyer')))),
    done, unpublished,
    h('div', { class: 'grid' }, h('section', { class: 'card pad', 'aria-label': t('sales') }, picture, description, facts), verification.node, room.node, pulse.node, notes.node, crowd?.node),
    course.node, live.node);
  let sale = null;

  const look = single(async () => take((await call('GET', `/api/sales/${saleId}`)).json), (cause) => {
    if (sale === null && cause instanceof Problem && cause.status === 404) {
      node.replaceChildren(notice(t('notFound'), t('noSuchSale'), h('a', { class: 'button', href: '/console' }, t('allSales'))));
    } else if (sale === null) {
      setText(title, t('cannotLoad'));
    }
  });

  function take(now) {
    if (sale === null) retitle(now.title);
    if (sale?.state !== now.state) {
      const before = sale;
      chip.replaceChildren(saleChip(now.state));
      if (before) announce(chip.textContent);
    }
    sale = now;
    live.take(now);
    course.take(now);
    room.take(now);
    verification.take(now);
    setText(title, now.title);
    setText(description, now.description);
    show(description, now.description !== '');
    if (now.image && picture.getAttribute('src') !== now.image.url) picture.setAttribute('src', now.image.url);
    show(picture, now.image !== null);
    show(edit, now.state !== 'CLOSED');
    const draft = now.state === 'DRAFT';
    show(publish, draft);
    show(unpublished, draft);
    show(pause, now.state === 'OPEN' || now.state === 'SOLD_OUT');
    show(resume, now.state === 'PAUSED');
    show(end, !draft && now.state !== 'CLOSED');
    show(remove, draft || now.state === 'SCHEDULED');
    setText(remove, t(draft ? 'deleteDraft' : 'deleteSale'));
    for (const part of [verification.node, live.node]) show(part, !draft);
    if (crowd) show(crowd.node, !draft && now.state !== 'CLOSED');
    drawFacts();
  }

  function drawFacts() {
    const rows = [
      ['stock', number(sale.stock)],
      ['sold', number(sale.stock - sale.available)],
      ['available', number(sale.available)],
      ...saleTerms(sale),
    ];
    const text = JSON.stringify(rows);
    if (facts.dataset.text !== text) {
      facts.dataset.text = text;
      facts.replaceChildren(...termNodes(rows));
    }
  }

  async function change(dialog, text) {
    // announced again if it is done again
    setText(done, '');
    const changed = sale && (await dialog(sale));
    if (changed) {
      take(changed);
      setText(done, t(text));
    }
  }

  async function discard() {
    if (sale && (await deleteDraft(sale))) go('/console');
  }

  const stopLooking = repeat(LOOK_EVERY_MS, look);
  look();
  return {
    title: t('sales'),
    node,
    stop() {
      stopLooking();
      verification.stop();
      crowd?.stop();
      live.stop();
      room.stop();
      pulse.stop();
      notes.stop();
    },
  };
}
