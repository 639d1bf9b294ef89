@CheckReturnValue
package dev.doorbuster.notifier;

import com.google.errorprone.annotations.CheckReturnValue;
