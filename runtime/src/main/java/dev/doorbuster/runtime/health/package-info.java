/** Liveness and readiness of an instance. Invariant: an instance that is not ready gives the reason. */
@CheckReturnValue
package dev.doorbuster.runtime.health;

import com.google.errorprone.annotations.CheckReturnValue;
