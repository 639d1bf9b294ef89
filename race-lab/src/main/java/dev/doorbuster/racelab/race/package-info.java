/** One race: a crowd, a stock, a way to count. Invariant: one race at a time, and each ends in bounded time. */
@CheckReturnValue
package dev.doorbuster.racelab.race;

import com.google.errorprone.annotations.CheckReturnValue;
