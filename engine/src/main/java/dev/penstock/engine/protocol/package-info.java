/**
 * What the wire looks like: routes, envelopes, limits, and what an answer means.
 *
 * <p>{@link dev.penstock.engine.protocol.Protocol} is a closed family; adding one touches this package, and the place in
 * {@code engine} that says which channel speaks it. Neighbours: the {@code pipeline} asks, nothing here keeps state.
 */
package dev.penstock.engine.protocol;
