/** What the channels to external receivers share. Invariant: every delivery attempt is counted by its outcome. */
package dev.doorbuster.notifier.channel;
