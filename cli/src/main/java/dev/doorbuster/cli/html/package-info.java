/** Pages from templates. Invariant: every value is escaped, and a page needs no other file. */
@CheckReturnValue
package dev.doorbuster.cli.html;

import com.google.errorprone.annotations.CheckReturnValue;
