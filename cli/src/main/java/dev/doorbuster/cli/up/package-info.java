/**
 * The system in the background: a detached supervisor starts it, restarts processes that end, and ends with it.
 * Invariant: the run file exists exactly while everything it names is started and not yet stopped.
 */
package dev.doorbuster.cli.up;
