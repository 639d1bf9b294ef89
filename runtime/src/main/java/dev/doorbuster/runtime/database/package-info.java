/**
 * Connections to PostgreSQL, for the services that have a database: where it is, as whom it is asked, and what is the same for
 * every pool. What is asked, and within which limits, is each service's own. Invariant: no password is ever printed.
 */
@CheckReturnValue
package dev.doorbuster.runtime.database;

import com.google.errorprone.annotations.CheckReturnValue;
