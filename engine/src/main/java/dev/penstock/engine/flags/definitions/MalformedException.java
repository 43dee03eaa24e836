package dev.penstock.engine.flags.definitions;

/** A part is not of the kind it should be; caught where the part that becomes unusable is known. */
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedException(String field, String expected) {
        super(field + " is not " + expected, null, false, false);
    }
}
