/**
 * Child processes that do not outlive their purpose: started from a {@link ProcessSpec}, watched, stopped, and tortured for fault tests.
 *
 * <p>Invariant: no process started here outlives the JVM that started it. Three nets, each for what the one before cannot
 * catch: a shutdown hook stops everything when the JVM ends by itself or by Ctrl-C; the kernel kills the children when the
 * JVM is killed (where {@code setpriv} exists); and a ledger on disk lets the next command end whatever is left.
 */
@CheckReturnValue
package dev.doorbuster.devservices.process;

import com.google.errorprone.annotations.CheckReturnValue;
