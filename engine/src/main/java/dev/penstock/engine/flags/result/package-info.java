/**
 * Answers for flags, as applications get them: whoever decides, locally or remotely, makes one {@link
 * dev.penstock.engine.flags.result.EvaluatedFlag} and shares it.
 *
 * <p>{@link dev.penstock.engine.flags.result.PayloadReader} decodes payloads when definitions or an answer arrive, never
 * when a flag is read. Neighbours: only the API below; {@code evaluation} and everything that answers remotely use this
 * package.
 *
 * <p><b>Threads:</b> everything here is immutable.
 */
package dev.penstock.engine.flags.result;
