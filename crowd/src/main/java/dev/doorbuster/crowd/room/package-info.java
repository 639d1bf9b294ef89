/**
 * Simulated buyers of a sale with a waiting room, and the check of what they were told. Invariant: the check knows only what
 * buyers were told and what is published.
 */
package dev.doorbuster.crowd.room;
