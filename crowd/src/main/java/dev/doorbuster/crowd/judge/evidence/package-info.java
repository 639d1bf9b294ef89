/** The data that the judge compares, and the readers of it: requests by order, and snapshots of ledger, counters and broker. */
@CheckReturnValue
package dev.doorbuster.crowd.judge.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
