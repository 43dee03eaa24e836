/**
 * Segment: the six messages, the client that takes them, and how it is set up.
 *
 * <p>A message is either built as a value ({@link dev.penstock.client.segment.Message} and its six types, with {@link
 * dev.penstock.client.segment.Traits}, {@link dev.penstock.client.segment.Properties}, {@link
 * dev.penstock.client.segment.Context} and {@link dev.penstock.client.segment.Integrations} in it) or written by a fluent
 * {@link dev.penstock.client.segment.MessageBuilder}, which allocates nothing. Both become the same bytes.
 *
 * <p>{@link dev.penstock.client.segment.DualAnalytics} sends the same to PostHog by the same call.
 *
 * <p>Ring, pipeline, retries and account are those of event capture; {@link dev.penstock.client} has the types that both
 * share. Nothing in this package depends on anything but the JDK.
 */
package dev.penstock.client.segment;
