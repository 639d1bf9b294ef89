@CheckReturnValue
package dev.doorbuster.stock;

import com.google.errorprone.annotations.CheckReturnValue;
