// A form that adds a note to a sale or an order.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';

/** path: where notes are posted; added: called after each */
export function noteForm(path, added) {
  const note = h('input', { id: 'note-text', maxlength: 1000, required: true, autocomplete: 'off' });
  const error = h('p', { class: 'error', role: 'alert' });
  let busy = false;

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    setText(error, '');
    try {
      await call('POST', path, { body: { note: note.value } });
      note.value = '';
      await added();
    } catch (cause) {
      setText(error, refused(cause, 'notSaved'));
    }
    busy = false;
  }

  return h('form', { class: 'stack note-form', on: { submit } },
    h('p', {}, h('label', { for: 'note-text' }, t('newNote')), note), error,
    h('p', {}, h('button', { class: 'button quiet add-note' }, t('addNote'))));
}
