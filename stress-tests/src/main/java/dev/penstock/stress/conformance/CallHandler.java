package dev.penstock.stress.conformance;

import java.util.Map;

/** Carries out the calls of one kind. Any thread, several at once. */
@FunctionalInterface
interface CallHandler {

    /** Carries out a call; what it returns becomes the JSON of the answer, nulls included. */
    Map<String, Object> handle(Call call) throws BadCallException;
}
