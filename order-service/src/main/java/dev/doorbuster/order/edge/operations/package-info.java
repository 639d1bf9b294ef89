/**
 * An operator's view of the whole system: the sum of all living instances' metrics, and the queues' depths.
 * Invariant: requests here never affect selling, however many there are and whatever part does not answer.
 */
package dev.doorbuster.order.edge.operations;
