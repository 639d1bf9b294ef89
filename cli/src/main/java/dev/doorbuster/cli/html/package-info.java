/** Pages from templates. Invariant: every value is escaped, and a page needs no other file. */
package dev.doorbuster.cli.html;
