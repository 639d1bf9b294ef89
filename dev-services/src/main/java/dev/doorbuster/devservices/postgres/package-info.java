/** PostgreSQL, alone or with a synchronous standby. */
@CheckReturnValue
package dev.doorbuster.devservices.postgres;

import com.google.errorprone.annotations.CheckReturnValue;
