package dev.penstock.client;

/**
 * The beginning or the end of saturation.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param saturated true if a ring has reached the {@linkplain ClientConfig#saturationHigh() high level}, false if every
 *     ring is down at the {@linkplain ClientConfig#saturationLow() low level} again
 * @param occupancy how full the ring was that brought the change, as a share of its slots
 */
public record SaturationChange(boolean saturated, double occupancy) {}
