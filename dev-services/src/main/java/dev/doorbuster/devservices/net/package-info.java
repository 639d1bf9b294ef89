/** Ports, line dialogues and a relay on the loopback interface. */
@CheckReturnValue
package dev.doorbuster.devservices.net;

import com.google.errorprone.annotations.CheckReturnValue;
