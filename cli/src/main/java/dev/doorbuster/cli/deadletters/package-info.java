/**
 * {@code dead-letters}: shows what was set aside, sends it back or throws it away, as {@link dev.doorbuster.deadletters.DeadLetterQueues}
 * does it. Invariant: nothing is thrown away before it was said what is lost, and agreed to.
 */
@CheckReturnValue
package dev.doorbuster.cli.deadletters;

import com.google.errorprone.annotations.CheckReturnValue;
