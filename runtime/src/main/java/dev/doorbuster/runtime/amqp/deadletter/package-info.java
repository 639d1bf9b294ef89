/** Dead-lettering, and the one automatic replay. */
@CheckReturnValue
package dev.doorbuster.runtime.amqp.deadletter;

import com.google.errorprone.annotations.CheckReturnValue;
