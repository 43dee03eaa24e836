package dev.penstock.engine.errors;

import java.util.List;

/** Tells the application's own classes from those of libraries. Excludes win; without includes all others are in app. */
final class InAppRule {

    private final String[] includes;
    private final String[] excludes;

    InAppRule(List<String> includes, List<String> excludes) {
        this.includes = withoutDots(includes);
        this.excludes = withoutDots(excludes);
    }

    private static String[] withoutDots(List<String> names) {
        String[] bare = names.toArray(new String[0]);
        for (int i = 0; i < bare.length; i++) {
            if (bare[i].endsWith(".")) {
                bare[i] = bare[i].substring(0, bare[i].length() - 1);
            }
        }
        return bare;
    }

    boolean isInApp(String className) {
        return !isAmong(excludes, className) && (includes.length == 0 || isAmong(includes, className));
    }

    private static boolean isAmong(String[] names, String className) {
        for (String name : names) {
            if (className.startsWith(name) && endsName(className, name.length())) {
                return true;
            }
        }
        return false;
    }

    /** {@code com.acme} is not {@code com.acmecorp}. */
    private static boolean endsName(String className, int at) {
        return at == className.length() || className.charAt(at) == '.' || className.charAt(at) == '$';
    }
}
