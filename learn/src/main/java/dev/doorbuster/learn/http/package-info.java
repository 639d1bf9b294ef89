/** The HTTP API, for operators only. Invariant: every error is a problem body. */
@CheckReturnValue
package dev.doorbuster.learn.http;

import com.google.errorprone.annotations.CheckReturnValue;
