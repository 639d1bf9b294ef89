/**
 * Rate limits. Invariant: memory is bounded for any number of callers; evicting a caller never makes a limit
 * stricter.
 */
package dev.doorbuster.runtime.rate;
