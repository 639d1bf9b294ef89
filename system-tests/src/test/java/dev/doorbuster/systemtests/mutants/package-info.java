/**
 * Tests of the judge: the services are broken on purpose, one rule at a time, and the judge must report it.
 * Invariant: the services contain no code for this; a mutant is a change of their source text, compiled here and put
 * before the built classes.
 */
package dev.doorbuster.systemtests.mutants;
