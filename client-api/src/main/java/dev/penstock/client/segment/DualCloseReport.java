package dev.penstock.client.segment;

import dev.penstock.client.CloseReport;

/**
 * How two clients ended.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param segment the report of the Segment client
 * @param posthog the report of the PostHog client
 */
public record DualCloseReport(CloseReport segment, CloseReport posthog) {}
