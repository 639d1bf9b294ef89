/** Lessons as data, read from {@code lessons/*.yaml}. Invariant: a lesson that was loaded is complete; no I/O after loading. */
@CheckReturnValue
package dev.doorbuster.learn.lesson;

import com.google.errorprone.annotations.CheckReturnValue;
