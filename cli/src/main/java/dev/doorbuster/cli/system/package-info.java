/**
 * The whole system as local processes: four real servers and the services, with generated secrets, ports of their
 * own and one broker user per service. Invariant: the process that starts it can stop all of it.
 */
@CheckReturnValue
package dev.doorbuster.cli.system;

import com.google.errorprone.annotations.CheckReturnValue;
