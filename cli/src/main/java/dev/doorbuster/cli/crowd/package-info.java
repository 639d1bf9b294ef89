/**
 * The crowd: buyers who come over HTTP as real clients do, at a rate that does not wait for the answers, and who write
 * down every answer they are given; and the check that holds this journal against the ledger. Invariant: nothing here
 * shares code with the services, so that a mistake of theirs is not made again by their judge.
 */
@CheckReturnValue
package dev.doorbuster.cli.crowd;

import com.google.errorprone.annotations.CheckReturnValue;
