/**
 * Pages and charts as text. Invariant: whatever is given as text, a label or a value is escaped, and a
 * page needs nothing from anywhere else.
 */
@CheckReturnValue
package dev.doorbuster.cli.html;

import com.google.errorprone.annotations.CheckReturnValue;
