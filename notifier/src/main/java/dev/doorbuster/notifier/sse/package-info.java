/**
 * Server-sent events (WHATWG HTML, section 9.2): topics, their subscribers, and what is written to them. Invariant:
 * subscribers and what waits for each of them are bounded; one who reads too slowly is let go, and slows no other.
 * Everything here lives on one event loop.
 */
@CheckReturnValue
package dev.doorbuster.notifier.sse;

import com.google.errorprone.annotations.CheckReturnValue;
