/** Checks of a history against the ledger, one class per group of violations. */
@CheckReturnValue
package dev.doorbuster.crowd.judge.check;

import com.google.errorprone.annotations.CheckReturnValue;
