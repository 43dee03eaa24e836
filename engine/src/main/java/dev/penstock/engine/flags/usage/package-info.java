/**
 * Reports that a flag was used: {@code $feature_flag_called} once for each person, flag, value and groups, or summaries.
 *
 * <p>Reads come in on request threads through {@link dev.penstock.engine.flags.usage.UsageReporter}; events go out through
 * a {@link dev.penstock.engine.flags.usage.UsageSink}, so nothing here knows a ring. Knows {@code flags.result}.
 */
package dev.penstock.engine.flags.usage;
