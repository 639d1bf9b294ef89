/**
 * The one home of what can be done with dead letters: look at them, send them back, throw them away; for the command and for
 * the operators' API. Invariant: a letter leaves its queue only once its copy is confirmed where it came from, or somebody has
 * said that it may be lost; whatever ends the process in between leaves it where it was.
 */
@CheckReturnValue
package dev.doorbuster.deadletters;

import com.google.errorprone.annotations.CheckReturnValue;
