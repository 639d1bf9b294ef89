// A confirmation dialog.
import { h, setText } from '../common/dom.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';

/**
 * The result of `send`, or null if cancelled; if it fails, the dialog stays open and shows the reason.
 * send: completes with undefined to keep the dialog open; careful: the focus starts on "cancel", so that Enter
 * cancels; refusal: the key of the text with the server's reason
 */
export function ask({ title, content, yes, send, wide, careful, refusal }) {
  return new Promise((resolve) => {
    // a dialog may ask another question
    const id = `dialog-title-${document.querySelectorAll('dialog').length}`;
    let result;
    const error = h('p', { class: 'error', role: 'alert' });
    const cancel = h('button', {
      type: 'button', class: 'button quiet', autofocus: careful, on: { click: () => dialog.close() },
    }, t('cancel'));
    const dialog = h('dialog', { class: wide ? 'wide-dialog' : '', 'aria-labelledby': id, on: { close } },
      h('h2', { id }, title),
      h('form', { class: 'stack', on: { submit } }, content, error, h('div', { class: 'row' }, yes, cancel)));

    async function submit(event) {
      event.preventDefault();
      try {
        result = await send();
        if (result !== undefined) dialog.close();
      } catch (cause) {
        setText(error, refused(cause, refusal));
      }
    }

    function close() {
      dialog.remove();
      resolve(result ?? null);
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}
