/** Rows that operators' actions append. Invariant: the services' role may insert and read them, and change none. */
package dev.doorbuster.order.operator;
