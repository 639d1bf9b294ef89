/**
 * Tells buyers by e-mail. Invariant: a message leaves the queue only once an SMTP server took its mails, or it lies safely
 * where it comes again from or among the dead letters; the same state of the same order always has the same Message-ID; and
 * a mail says nothing of its buyer.
 */
@CheckReturnValue
package dev.doorbuster.notifier.email;

import com.google.errorprone.annotations.CheckReturnValue;
