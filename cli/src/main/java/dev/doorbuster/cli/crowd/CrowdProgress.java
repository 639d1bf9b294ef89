package dev.doorbuster.cli.crowd;

import java.time.Duration;

/**
 * Where the crowd stands.
 *
 * @param arrived buyers who have asked
 * @param done buyers who know what became of it, or gave up
 * @param reserved buyers who heard that they have it
 * @param encores winners who asked again, once all buyers are done
 */
public record CrowdProgress(Duration elapsed, int buyers, int arrived, int done, int reserved, int encores) {}
