/**
 * Exchanges, queues and bindings as data, and the routes of messages. Invariant: every durable exchange has an alternate
 * exchange, so that no unroutable message is dropped; work queues are durable quorum queues with a single active consumer, and
 * only the entrance has a length limit; notification queues are limited and never delay work.
 */
package dev.doorbuster.contracts.topology;
