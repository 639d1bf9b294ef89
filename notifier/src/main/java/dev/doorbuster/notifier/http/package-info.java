/**
 * The HTTP API: a sale's public stream, a buyer's stream (opened by a ticket), and the tickets. Tokens are never
 * part of a URL, where logs would keep them; a ticket is, and cannot be used again. Invariant: every error is a
 * problem body, and every stream has a maximum lifetime.
 */
package dev.doorbuster.notifier.http;
