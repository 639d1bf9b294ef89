/**
 * The pages in a real Chromium, on the real system. Tests assert visible text and announcements; a test also fails
 * on unexpected errors in the browser's console.
 */
package dev.doorbuster.systemtests.pages;
