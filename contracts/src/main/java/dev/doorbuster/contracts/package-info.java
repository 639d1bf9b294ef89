@CheckReturnValue
package dev.doorbuster.contracts;

import com.google.errorprone.annotations.CheckReturnValue;
