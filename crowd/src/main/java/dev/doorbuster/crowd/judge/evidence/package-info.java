/** What the judge compares: history, ledger, counters and broker. */
@CheckReturnValue
package dev.doorbuster.crowd.judge.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
