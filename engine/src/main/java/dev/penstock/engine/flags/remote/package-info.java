/**
 * Asking the server instead: for the values of flags, and for remote configuration.
 *
 * <p>{@link dev.penstock.engine.flags.remote.RemoteEvaluator} sends one question, again if that is worth it, and always comes
 * back with a {@link dev.penstock.engine.flags.remote.RemoteAnswer}. Neighbours: {@code transport} below; what to ask and what
 * an answer means for a caller is decided above. Threads: answers are read on the flag thread, where deadlines run out too.
 */
package dev.penstock.engine.flags.remote;
