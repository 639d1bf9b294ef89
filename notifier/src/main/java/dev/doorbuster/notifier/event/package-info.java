/**
 * JSON representation and ids of events, shared by all channels. Invariant: the details of an order are visible to
 * its buyer and the shop only.
 */
package dev.doorbuster.notifier.event;
