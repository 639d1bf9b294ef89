@CheckReturnValue
package dev.doorbuster.devservices;

import com.google.errorprone.annotations.CheckReturnValue;
