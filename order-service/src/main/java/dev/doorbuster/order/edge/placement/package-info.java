/** Placing an order: from the HTTP request to the published message, and from the decision to the response. */
@CheckReturnValue
package dev.doorbuster.order.edge.placement;

import com.google.errorprone.annotations.CheckReturnValue;
