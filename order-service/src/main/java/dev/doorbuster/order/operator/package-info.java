/** Rows that operators' actions append. Invariant: the services' role may insert and read them, and change none. */
@CheckReturnValue
package dev.doorbuster.order.operator;

import com.google.errorprone.annotations.CheckReturnValue;
