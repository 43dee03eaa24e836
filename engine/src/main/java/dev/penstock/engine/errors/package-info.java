/**
 * Exceptions as events: what was thrown becomes the properties of an {@code $exception} event.
 *
 * <p>{@link dev.penstock.engine.errors.ExceptionEvents} is the way in. {@code ExceptionTree} walks causes and suppressed
 * exceptions, {@code ExceptionList} writes an entry for each, {@code StackFrames} and {@code SourceContext} its stack,
 * {@code Foreign} calls the application's code and survives it, {@code SizeBudget} keeps all of it within an event.
 * Everything happens on the capturing thread, on objects of one call. Neighbours: {@code engine} and {@code capture} know this package,
 * and it knows nobody but the API.
 */
package dev.penstock.engine.errors;
