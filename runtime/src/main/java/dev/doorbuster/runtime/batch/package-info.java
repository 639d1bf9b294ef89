/**
 * Batching: elements that arrive while a round trip is in flight are sent together in the next one. Invariant of the
 * batchers: one round trip at a time, in order of arrival, nothing dropped silently.
 */
package dev.doorbuster.runtime.batch;
