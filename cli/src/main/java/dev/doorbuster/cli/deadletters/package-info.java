/**
 * {@code dead-letters}: looks at what was set aside, sends it back or throws it away. Invariant: a letter leaves its queue
 * only once its copy is confirmed where it came from, or somebody has said that it may be lost; whatever ends the command
 * in between leaves it where it was.
 */
@CheckReturnValue
package dev.doorbuster.cli.deadletters;

import com.google.errorprone.annotations.CheckReturnValue;
