/**
 * A crowd that outlasts faults: buyers with intentions of their own, drawn from a seed, who order, pay, cancel, forget and
 * repeat themselves. Invariant: a request is only ever repeated under its own key or reference, and every one that was
 * sent is in the history.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos.crowd;

import com.google.errorprone.annotations.CheckReturnValue;
