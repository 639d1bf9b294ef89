package dev.doorbuster.devservices.process;

/**
 * A process has ended.
 *
 * @param exitCode as the shell would tell it: 128 + the signal's number after a signal
 * @param stopped true when {@link ManagedProcess#stop()} asked for it; false for everything a supervisor should act on, a
 *     {@link ManagedProcess#kill()} included
 */
public record ProcessExit(String name, long pid, int exitCode, boolean stopped) {}
