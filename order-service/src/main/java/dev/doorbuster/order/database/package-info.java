/** Connections to PostgreSQL, and the migrations of its schema. */
@CheckReturnValue
package dev.doorbuster.order.database;

import com.google.errorprone.annotations.CheckReturnValue;
