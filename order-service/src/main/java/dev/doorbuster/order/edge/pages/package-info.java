/**
 * The pages: files of the class path below {@code web}, read once at the start and served from memory, and what a page asks
 * about the shop as a whole. Invariant: nothing here depends on who asks; whatever is a buyer's own comes from the API.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.pages;

import com.google.errorprone.annotations.CheckReturnValue;
