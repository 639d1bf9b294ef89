/** Memcached, one server or several. */
@CheckReturnValue
package dev.doorbuster.devservices.memcached;

import com.google.errorprone.annotations.CheckReturnValue;
