/** The network between the services and the servers of a system. */
@CheckReturnValue
package dev.doorbuster.cli.system.network;

import com.google.errorprone.annotations.CheckReturnValue;
