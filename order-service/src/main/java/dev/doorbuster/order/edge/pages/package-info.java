/**
 * The pages: files of the class path below {@code web}, read once at start-up and served from memory, and the
 * settings of the shop that pages need. Invariant: nothing here depends on the caller; personal data comes from the
 * API.
 */
package dev.doorbuster.order.edge.pages;
