package dev.doorbuster.racelab.schedule;

/**
 * One command and its reply as the server sent it; lines are separated by a newline.
 *
 * @param connection {@code A} or {@code B}, or {@code client} for the one that both share
 */
public record CommandReply(String connection, String sent, String reply) {}
