/** The record of running processes on disk, which outlives the JVM that started them. */
@CheckReturnValue
package dev.doorbuster.devservices.process.record;

import com.google.errorprone.annotations.CheckReturnValue;
