/**
 * The decider: takes orders from the entrance, asks the sale's counter about all that are at hand, passes on to the ledger
 * what may have a unit, and tells the rest no. It also installs recounts and releases claims. Invariant: a gathering is
 * acknowledged only after everything that passed is confirmed on its way to the ledger; nobody is told no before that.
 */
@CheckReturnValue
package dev.doorbuster.stock;

import com.google.errorprone.annotations.CheckReturnValue;
