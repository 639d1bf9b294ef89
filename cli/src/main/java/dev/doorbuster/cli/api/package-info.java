/**
 * The operator's side of the HTTP interface, as any other client would use it. Invariant: an answer that is no success
 * becomes a failure with the server's own words.
 */
@CheckReturnValue
package dev.doorbuster.cli.api;

import com.google.errorprone.annotations.CheckReturnValue;
