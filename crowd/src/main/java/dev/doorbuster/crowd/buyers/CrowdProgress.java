package dev.doorbuster.crowd.buyers;

/**
 * How far a crowd is.
 *
 * @param arrived buyers who have sent their first request
 * @param done buyers with a final answer, or without retries
 * @param reserved buyers with a reservation
 * @param repeats reserved orders that were sent again
 */
public record CrowdProgress(int buyers, int arrived, int done, int reserved, int repeats) {}
