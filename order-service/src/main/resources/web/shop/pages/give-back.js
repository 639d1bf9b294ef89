import { h } from '../../common/dom.js';
import { t } from '../../common/words.js';

/** Asks for confirmation; true to cancel the order. */
export function confirmGivingBack() {
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-labelledby': 'give-back-title', on: { close } },
      h('h2', { id: 'give-back-title' }, t('giveBackTitle')),
      h('p', {}, t('giveBackText')),
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button', on: { click: () => dialog.close('') } }, t('keep')),
        h('button', { type: 'button', class: 'button danger', on: { click: () => dialog.close('yes') } }, t('giveBackYes'))));

    function close() {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}
