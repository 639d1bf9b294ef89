/**
 * What can be asked of a hold: to be paid for, and to be given back. The edge reads the order once, to know its buyer and
 * its sale, publishes a command, and tells what the ledger answers. Invariants: nothing is written here; nothing is told
 * before it is true, so whoever hears no answer in time is told what one more reading of the ledger says, or 202; all
 * that waits is bounded.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.hold;

import com.google.errorprone.annotations.CheckReturnValue;
