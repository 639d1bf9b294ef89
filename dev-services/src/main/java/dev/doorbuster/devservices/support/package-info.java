/** Folders, waits, concurrent tasks and secrets, for all servers. */
@CheckReturnValue
package dev.doorbuster.devservices.support;

import com.google.errorprone.annotations.CheckReturnValue;
