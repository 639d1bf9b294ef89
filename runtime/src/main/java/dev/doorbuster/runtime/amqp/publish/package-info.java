/** Publishing with confirms. */
@CheckReturnValue
package dev.doorbuster.runtime.amqp.publish;

import com.google.errorprone.annotations.CheckReturnValue;
