/**
 * Races ways to count a stock against each other on the real servers, so that the tutorial's lesson can be seen: get, then set,
 * sells too much. Invariant: it has keys, a schema and a database role of its own, and nothing that belongs to a sale is within
 * its reach; it takes no part in any message.
 */
@CheckReturnValue
package dev.doorbuster.racelab;

import com.google.errorprone.annotations.CheckReturnValue;
