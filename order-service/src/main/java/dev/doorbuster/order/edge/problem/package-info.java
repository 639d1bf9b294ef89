/** The service's problem types. Invariant: every error body has a type listed here, with advice for the caller. */
package dev.doorbuster.order.edge.problem;
