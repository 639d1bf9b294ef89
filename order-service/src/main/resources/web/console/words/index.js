// The languages there are; the first is for everybody whose own is not among them.
export const languages = {
  en: () => import('./en.js'),
  zh: () => import('./zh.js'),
};

/** How each calls itself. */
export const names = { en: 'English', zh: '中文' };
