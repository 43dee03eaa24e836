package dev.penstock.client.flags;

import java.time.Instant;
import java.util.Optional;

/**
 * What has happened with flags since the client was made.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param definitions how many flags the held definitions have
 * @param malformed how many of them cannot be understood and are therefore always inconclusive
 * @param loadedAt when the held definitions were loaded; empty if none are held
 * @param loads how often definitions were asked for
 * @param failedLoads how many of those loads failed
 * @param remoteRequests requests for remote evaluation, retries included
 * @param failedRemote remote evaluations that ended without an answer
 * @param usesReported events accepted to report the use of flags
 * @param trackedIds how many distinct ids the reported uses are remembered for
 */
public record FlagStats(
        int definitions,
        int malformed,
        Optional<Instant> loadedAt,
        long loads,
        long failedLoads,
        long remoteRequests,
        long failedRemote,
        long usesReported,
        int trackedIds) {}
