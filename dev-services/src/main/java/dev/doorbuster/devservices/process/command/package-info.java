/** What a process is started with: account, environment, readiness and stop. */
@CheckReturnValue
package dev.doorbuster.devservices.process.command;

import com.google.errorprone.annotations.CheckReturnValue;
