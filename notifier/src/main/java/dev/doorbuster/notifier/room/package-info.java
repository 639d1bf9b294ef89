/**
 * Waiting rooms over HTTP and streams. Invariant: what a room says about a sale was read from the order-service less
 * than a second ago, so no buyer waits for units that are gone; a lost room or Redis never changes what is sold.
 */
package dev.doorbuster.notifier.room;
