@CheckReturnValue
package dev.doorbuster.cli;

import com.google.errorprone.annotations.CheckReturnValue;
