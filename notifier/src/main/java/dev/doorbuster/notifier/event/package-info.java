/**
 * How events are shown and named, whoever is told of them. Invariant: what is shown of an order is for its buyer and the
 * shop alone.
 */
@CheckReturnValue
package dev.doorbuster.notifier.event;

import com.google.errorprone.annotations.CheckReturnValue;
