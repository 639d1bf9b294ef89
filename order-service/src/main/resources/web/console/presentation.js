// What buyers see of a sale beside its terms: a description and an image, which is scaled down in the browser.
import { call } from '../common/api.js';
import { h } from '../common/dom.js';
import { t } from '../common/words.js';
import { ask } from './dialog.js';

const DESCRIPTION_LENGTH_MAX = 2000;
const SIDE_PIXELS_MAX = 1600;
/** The server's limit. */
const IMAGE_BYTES_MAX = 512 * 1024;
const QUALITIES = [0.85, 0.7, 0.5];

/** The form's rows, and `save(saleId)`: the changed sale, or null if nothing was changed. Fails with what is wrong. */
export function presentationFields(sale) {
  const before = sale?.description ?? '';
  const description = h('textarea', { id: 'description', maxlength: DESCRIPTION_LENGTH_MAX, rows: 4 });
  description.value = before;
  const image = h('input', { id: 'image', type: 'file', accept: 'image/*' });
  const remove = h('input', { id: 'remove-image', type: 'checkbox' });
  const nodes = [
    h('p', {}, h('label', { for: 'description' }, t('description')), description),
    h('p', {}, h('label', { for: 'image' }, t('image')), image, h('span', { class: 'soft fine' }, t('imageHint'))),
    sale?.image ? h('label', { class: 'choice' }, remove, t('removeImage')) : null,
  ];

  async function save(saleId) {
    const body = {};
    const text = description.value.trim();
    if (text !== before) body.description = text;
    if (image.files.length > 0) body.image = await encoded(image.files[0]);
    else if (remove.checked) body.image = null;
    return Object.keys(body).length === 0 ? null : (await call('PATCH', `/api/sales/${saleId}/presentation`, { body })).json;
  }

  return { nodes, save };
}

export function editPresentation(sale) {
  const fields = presentationFields(sale);
  return ask({
    title: t('presentation'),
    content: fields.nodes,
    yes: h('button', { class: 'button' }, t('save')),
    wide: true,
    refusal: 'notSaved',
    send: async () => (await fields.save(sale.saleId)) ?? sale,
  });
}

/** A JPEG in base64, without what a camera wrote beside the picture. */
async function encoded(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error(t('wrongImage'));
  });
  const scale = Math.min(1, SIDE_PIXELS_MAX / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = h('canvas', { width, height });
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  const texts = QUALITIES.map((quality) => canvas.toDataURL('image/jpeg', quality).split(',')[1]);
  return texts.find((text) => text.length * 3 / 4 <= IMAGE_BYTES_MAX) ?? texts.at(-1);
}
