@CheckReturnValue
package dev.doorbuster.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
