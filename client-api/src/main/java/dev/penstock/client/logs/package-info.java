/**
 * Structured logs: one record ({@link dev.penstock.client.logs.LogRecord}), the client that takes it ({@link
 * dev.penstock.client.logs.LogClient}), a short form for every day ({@link dev.penstock.client.logs.Logger}), and how the
 * channel is set up ({@link dev.penstock.client.logs.LogSettings}).
 *
 * <p>Logs are no events: they have a ring, a pipeline and a route of their own. Everything an application needs for them is
 * here; a {@code LogClient} comes from {@link dev.penstock.client.CaptureClient#logs()}.
 */
package dev.penstock.client.logs;
