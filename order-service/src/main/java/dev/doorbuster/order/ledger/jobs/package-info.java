/** Periodic jobs of the ledger: they find what is due and publish it as messages. They change nothing themselves. */
package dev.doorbuster.order.ledger.jobs;
