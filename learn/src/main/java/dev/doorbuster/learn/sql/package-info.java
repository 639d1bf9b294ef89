/** SQL lessons. Invariant: only the lessons' own schema, with a role that has no other privileges. */
@CheckReturnValue
package dev.doorbuster.learn.sql;

import com.google.errorprone.annotations.CheckReturnValue;
