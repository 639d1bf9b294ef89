/**
 * Sends e-mail to buyers. Invariant: a message is acknowledged only once an SMTP server accepted its mails, or once
 * it is in a delay queue or dead-letter queue; the same state of the same order always has the same Message-ID; a
 * mail reveals nothing about its buyer.
 */
package dev.doorbuster.notifier.email;
