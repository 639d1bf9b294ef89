/**
 * What each instance shows of itself to the others: its own figures, each second, on a board in Redis. Invariant: nobody waits
 * for the board, and nothing fails because of it. It has a connection of its own, so that it cannot disturb anybody else's either; an
 * instance that is gone is gone from the board soon after, and a board that was emptied fills by itself.
 */
@CheckReturnValue
package dev.doorbuster.runtime.stats;

import com.google.errorprone.annotations.CheckReturnValue;
