/**
 * Flag definitions as the server sends them: the body of the definitions request, read once into records.
 *
 * <p>{@link dev.penstock.engine.flags.definitions.DefinitionsParser} is lenient about what it does not know and strict
 * about what it does: a flag that is not as it should be is marked, and spoils nobody but itself. What the parts mean is
 * decided in {@code evaluation}, the only neighbour above; there is none below.
 *
 * <p><b>Threads:</b> everything here is immutable.
 */
package dev.penstock.engine.flags.definitions;
