/**
 * The pages in a real Chromium, on the real system. What is asserted is what a person sees or hears; a test also fails when
 * the browser's console has an error that it did not expect.
 */
@CheckReturnValue
package dev.doorbuster.systemtests.pages;

import com.google.errorprone.annotations.CheckReturnValue;
