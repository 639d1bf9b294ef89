/**
 * Operations on dead letters, used by the command and the operators' API: inspect, replay, discard. Invariant: a dead letter
 * leaves its queue only once its copy is confirmed at its origin, or on an explicit discard; if the process dies in between, it
 * stays in its queue.
 */
package dev.doorbuster.deadletters;
