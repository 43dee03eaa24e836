/**
 * Feature flags: whom a question is about ({@link dev.penstock.client.flags.FlagContext}), who answers it ({@link
 * dev.penstock.client.flags.FlagClient}), and what an answer holds ({@link dev.penstock.client.flags.FlagResult}, {@link
 * dev.penstock.client.flags.FlagEvaluations}, {@link dev.penstock.client.flags.ReusableFlags}).
 *
 * <p>Everything an application needs for flags is here; a {@code FlagClient} comes from {@link
 * dev.penstock.client.CaptureClient#flags()}.
 */
package dev.penstock.client.flags;
