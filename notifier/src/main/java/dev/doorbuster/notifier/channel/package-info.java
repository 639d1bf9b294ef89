/** What the channels to external receivers share. Invariant: every delivery attempt is counted by its outcome. */
@CheckReturnValue
package dev.doorbuster.notifier.channel;

import com.google.errorprone.annotations.CheckReturnValue;
