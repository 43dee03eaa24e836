package dev.penstock.engine.flags.matcher;

/** What a matcher says about one value. */
public enum Match {
    /** The value has what the filter asks for. */
    YES,
    /** It has not. */
    NO,
    /** It cannot be decided here; the server has to be asked. */
    UNCERTAIN;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    /** The answer of the opposite filter; what is uncertain stays so. */
    Match negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNCERTAIN -> UNCERTAIN;
        };
    }
}
