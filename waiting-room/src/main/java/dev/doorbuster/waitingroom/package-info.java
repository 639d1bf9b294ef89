/**
 * The waiting room of a sale: a lobby before the opening, a draw of its order at the opening, a queue behind it, and
 * passes for the buyers that are admitted. Invariant: it decides who may order now and never what is sold; a lost room
 * costs places, no units.
 */
package dev.doorbuster.waitingroom;
