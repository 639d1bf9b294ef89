/**
 * The judge on trial: the services are broken on purpose, one rule at a time, and the judge has to say so. Invariant: nothing
 * in the services knows of it; a mutant is a change of their source text, compiled here and put in front of what was built.
 */
@CheckReturnValue
package dev.doorbuster.systemtests.mutants;

import com.google.errorprone.annotations.CheckReturnValue;
