/**
 * Compares strategies to count a stock on the real servers, to show the tutorial's lesson: get-then-set oversells. Invariant:
 * it has its own keys, schema and database role and no access to data of sales; it sends and receives no messages.
 */
package dev.doorbuster.racelab;
