/** Delays after failures. Invariant: memory is bounded for any number of callers; evicting a caller never makes a limit stricter. */
package dev.doorbuster.order.edge.rate;
