/**
 * Starting and stopping a service: named steps, undone in reverse order, each within a limit. Invariant: if one step fails,
 * everything already started is stopped.
 */
package dev.doorbuster.runtime.start;
