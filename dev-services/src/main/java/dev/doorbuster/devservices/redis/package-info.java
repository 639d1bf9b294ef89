/** Redis, alone or with replicas and Sentinels. */
@CheckReturnValue
package dev.doorbuster.devservices.redis;

import com.google.errorprone.annotations.CheckReturnValue;
