/**
 * The rehearsal of a sale: growing crowds before sales of their own, then the expected one, and the answer whether the
 * deployment is ready for it. Invariant: whatever happens, no sale that was opened here stays open, and what the load
 * generator could not do is never held against the deployment.
 */
@CheckReturnValue
package dev.doorbuster.cli.rehearse;

import com.google.errorprone.annotations.CheckReturnValue;
