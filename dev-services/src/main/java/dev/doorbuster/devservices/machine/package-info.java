/** What servers get from their machine, where it can be disturbed: links among nodes, disks, clocks. */
@CheckReturnValue
package dev.doorbuster.devservices.machine;

import com.google.errorprone.annotations.CheckReturnValue;
