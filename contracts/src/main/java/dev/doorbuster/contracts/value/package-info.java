/** Values that messages, HTTP responses and database rows share, with their rules. */
@CheckReturnValue
package dev.doorbuster.contracts.value;

import com.google.errorprone.annotations.CheckReturnValue;
