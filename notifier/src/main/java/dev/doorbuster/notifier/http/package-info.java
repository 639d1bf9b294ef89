/**
 * The HTTP surface: a sale's stream for anyone, a buyer's own stream for who brings a ticket, and the tickets. A token
 * never stands in a URL, where logs would keep it; a ticket does, and is worthless once used. Invariant: every error is
 * a problem body, and every stream has a limit to its life.
 */
@CheckReturnValue
package dev.doorbuster.notifier.http;

import com.google.errorprone.annotations.CheckReturnValue;
