/** The HTTP clients of buyers and operators. Invariant: shares no code with the services. */
package dev.doorbuster.crowd.client;
