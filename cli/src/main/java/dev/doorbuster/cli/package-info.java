/**
 * The command. Each subcommand is one class here; what they share has a package of its own: the running system, the
 * supervised system, the crowd. Invariant: an exit status of 0 means that what the command promises has been seen.
 */
@CheckReturnValue
package dev.doorbuster.cli;

import com.google.errorprone.annotations.CheckReturnValue;
