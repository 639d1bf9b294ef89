/**
 * Sales as an edge sees them: frequent readings of their rows, which open and shut its door, the operator's changes, and
 * the proof on demand that a sale sold exactly its stock. Invariant: the database opens and closes sales; no clock of an
 * edge ever does.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.sale;

import com.google.errorprone.annotations.CheckReturnValue;
