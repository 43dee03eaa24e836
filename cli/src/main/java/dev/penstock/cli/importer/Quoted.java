package dev.penstock.cli.importer;

/** Text from a file, safe to show: quoted, cut, without control characters. */
final class Quoted {
    private static final int MAX = 60;

    private Quoted() {}

    static String text(String value) {
        StringBuilder shown = new StringBuilder().append('"');
        value.codePoints().limit(MAX).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
        return shown.append(value.codePointCount(0, value.length()) > MAX ? "...\"" : "\"")
                .toString();
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && Character.isDefined(c);
    }
}
