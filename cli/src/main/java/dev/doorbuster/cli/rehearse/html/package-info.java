/**
 * Pages and charts as text, nothing about rehearsals. Invariant: whatever is given as text, a label or a value is escaped, and a
 * page needs nothing from anywhere else.
 */
@CheckReturnValue
package dev.doorbuster.cli.rehearse.html;

import com.google.errorprone.annotations.CheckReturnValue;
