/**
 * Each instance publishes its stats to Redis each second, where other instances read them. Invariant: nothing waits for the
 * stats or fails because of them. They use a separate connection, so other Redis users are not affected; the stats of a stopped
 * instance expire, and lost stats are written again.
 */
package dev.doorbuster.runtime.stats;
