@CheckReturnValue
package dev.doorbuster.order;

import com.google.errorprone.annotations.CheckReturnValue;
