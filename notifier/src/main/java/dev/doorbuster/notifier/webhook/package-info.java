/**
 * Webhooks: signed HTTP requests to configured endpoints, each with a durable queue of its own. Invariant: a message
 * is acknowledged only once the endpoint answered 2xx, or once it is in a delay queue or dead-letter queue; no
 * endpoint delays another.
 */
package dev.doorbuster.notifier.webhook;
