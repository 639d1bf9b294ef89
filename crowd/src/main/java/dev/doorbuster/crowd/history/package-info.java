/**
 * All requests of a run with their answers, its sales, and the faults that were injected meanwhile, with times. As a file:
 * one line of JSON each, which is written before anything is concluded from it. Invariant: nothing is left out or changed later.
 */
package dev.doorbuster.crowd.history;
