package dev.doorbuster.devservices.process;

/**
 * A process has ended.
 *
 * @param exitCode as in the shell: 128 + the signal's number after a signal
 * @param stopped true after {@link ManagedProcess#stop()}; false for all ends that a supervisor should handle, {@link
 *     ManagedProcess#kill()} included
 */
public record ProcessExit(String name, long pid, int exitCode, boolean stopped) {}
