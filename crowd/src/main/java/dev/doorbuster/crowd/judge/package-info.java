/**
 * The judge: compares what buyers were told with what the ledger, the counters and the broker have. Invariant: shares no
 * code with the services or with what they agree on, so that a mistake of theirs is not repeated by their judge.
 */
@CheckReturnValue
package dev.doorbuster.crowd.judge;

import com.google.errorprone.annotations.CheckReturnValue;
