/**
 * Compares strategies to count a stock on the real servers, to show the tutorial's lesson: get-then-set oversells. Invariant:
 * it has its own keys, schema and database role and no access to data of sales; it sends and receives no messages.
 */
@CheckReturnValue
package dev.doorbuster.racelab;

import com.google.errorprone.annotations.CheckReturnValue;
