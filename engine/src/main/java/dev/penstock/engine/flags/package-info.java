/**
 * Feature flags, from definitions to answers: the package list below this one reads as the life of a definition.
 *
 * <p>{@code load} fetches definitions, {@code definitions} parses them, {@code evaluation} compiles them into a snapshot (with
 * {@code matcher} for single properties) and evaluates it, {@code result} is what comes out, {@code remote} asks the server
 * instead, {@code usage} reports reads. This package holds the published snapshot and puts local and remote together behind
 * {@link dev.penstock.client.flags.FlagClient}.
 */
package dev.penstock.engine.flags;
