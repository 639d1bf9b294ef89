/**
 * The judge: holds what buyers were told against what the ledger has and what was published. Invariant: nothing here shares
 * code with the services or with what they agree on, so that a mistake of theirs is not made again by their judge.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos.check;

import com.google.errorprone.annotations.CheckReturnValue;
