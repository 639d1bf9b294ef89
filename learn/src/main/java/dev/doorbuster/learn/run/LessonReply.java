package dev.doorbuster.learn.run;

/**
 * A command as it was sent, and the reply.
 *
 * @param sent empty where a reply was awaited only
 */
public record LessonReply(String sent, String reply) {}
