/** What a run uses of its machine over time, and a page with its plots. */
@CheckReturnValue
package dev.doorbuster.cli.chaos.resources;

import com.google.errorprone.annotations.CheckReturnValue;
