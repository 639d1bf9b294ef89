/** The HTTP clients of buyers and operators. Invariant: shares no code with the services. */
@CheckReturnValue
package dev.doorbuster.crowd.client;

import com.google.errorprone.annotations.CheckReturnValue;
