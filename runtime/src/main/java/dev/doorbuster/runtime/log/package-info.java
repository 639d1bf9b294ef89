/**
 * Log formats: plain text, or JSON lines for a log store. Invariant: an unknown format never disables the log; text is used and
 * the configuration is rejected.
 */
package dev.doorbuster.runtime.log;
