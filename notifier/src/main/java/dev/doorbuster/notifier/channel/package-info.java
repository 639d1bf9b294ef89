/**
 * What channels that reach people outside have in common. Invariant: whatever is told outside is counted by its outcome.
 */
@CheckReturnValue
package dev.doorbuster.notifier.channel;

import com.google.errorprone.annotations.CheckReturnValue;
