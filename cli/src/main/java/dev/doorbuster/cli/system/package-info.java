/**
 * The whole system as processes of this machine: four real servers and the services, with generated secrets, ports of
 * their own and one user a service at the broker. Invariant: whoever starts it can stop all of it.
 */
@CheckReturnValue
package dev.doorbuster.cli.system;

import com.google.errorprone.annotations.CheckReturnValue;
