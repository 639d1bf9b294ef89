/**
 * Child processes with a limited lifetime: started from a {@link ProcessSpec}, monitored, stopped, and disturbed by fault
 * tests.
 *
 * <p>Invariant: no process started here outlives its JVM. Three mechanisms, each for the failures of the previous: a shutdown
 * hook stops all processes when the JVM exits or gets Ctrl-C; the kernel kills them when the JVM is killed (if {@code setpriv}
 * exists); PID files let the next command kill the rest.
 */
package dev.doorbuster.devservices.process;
