// Texts by language. A language is a module with a text, or a function of values, for each key.
import { fractionDigits } from './facts.js';
import commonEnglish from './words/en.js';
import commonChinese from './words/zh.js';

const KEY = 'doorbuster.language';
const COMMON = { en: commonEnglish, zh: commonChinese };
let words = {};
let language = 'en';

/** Available languages with their own names; the first is the default. */
export const LANGUAGES = { en: 'English', zh: '中文' };

/**
 * Sets the chosen language, else the browser's first available one, else the default.
 * own: the page's texts by language, beside the common ones
 */
export function useWords(own) {
  const wished = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0].toLowerCase())];
  language = wished.find((tag) => tag in LANGUAGES) ?? Object.keys(LANGUAGES)[0];
  words = { ...COMMON[language], ...own[language] };
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
}

/** Saves the choice and reloads the page. */
export function chooseLanguage(tag) {
  localStorage.setItem(KEY, tag);
  location.reload();
}

export function currentLanguage() {
  return language;
}

/** The text of the key; throws for a missing key, so that it is noticed. */
export function t(key, values) {
  const text = words[key];
  if (text === undefined) throw new Error(`no text in ${language} for ${key}`);
  return typeof text === 'function' ? text(values) : text;
}

export function money(minorUnits, currency) {
  const digits = fractionDigits(currency);
  return new Intl.NumberFormat(language,
    { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(minorUnits / 10 ** digits);
}

export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

/** A date and time, or only the time if it is today; with seconds if that is wanted. Unchanged if it cannot be parsed. */
export function moment(text, { seconds = false } = {}) {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const today = time.toDateString() === new Date().toDateString();
  const timeStyle = seconds ? 'medium' : 'short';
  return new Intl.DateTimeFormat(language, today ? { timeStyle } : { dateStyle: 'medium', timeStyle })
    .format(time);
}

/** A time of day with seconds. */
export function clockTime(milliseconds) {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    .format(milliseconds);
}

/** Remaining time, rounded down. */
export function timeLeft(milliseconds) {
  return countdown(Math.floor(milliseconds / 1000) * 1000);
}

/** Time to wait: 9:59, 1:02:03, or with days; rounded up, never negative. */
export function countdown(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value) => String(value).padStart(2, '0');
  const [days, hours, minutes] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit));
  const clock = hours > 0
    ? `${hours % 24}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
  return days > 0 ? t('days', { days, clock }) : clock;
}
