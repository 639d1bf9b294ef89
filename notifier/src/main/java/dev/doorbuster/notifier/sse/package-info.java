/**
 * Server-sent events (WHATWG HTML, section 9.2): topics, subscribers and writing. Invariant: the number of
 * subscribers and the backlog of each are bounded; a stream that is read too slowly is ended and delays no other.
 * Everything here runs on one event loop.
 */
package dev.doorbuster.notifier.sse;
