package dev.penstock.engine.errors;

/**
 * A class's name in two parts.
 *
 * @param name the name without the package, never empty: {@code Outer$Inner}, {@code Outer$1}, {@code int[]}
 * @param packageName the package; empty if there is none
 */
record TypeName(String name, String packageName) {

    /** Of null, which can be thrown at nobody but can be reported. */
    static final TypeName NULL = new TypeName("null", "");

    static final int MAX_CHARS = 512;

    static TypeName of(Class<?> type) {
        String full = withoutSuffix(type.getTypeName());
        String packageName = type.getPackageName();
        boolean isInPackage = !packageName.isEmpty() && full.startsWith(packageName + ".");
        String name = isInPackage ? full.substring(packageName.length() + 1) : full;
        return new TypeName(
                SizeBudget.beginning(name, MAX_CHARS), isInPackage ? SizeBudget.beginning(packageName, MAX_CHARS) : "");
    }

    /** A hidden class has an address after a slash, which differs from run to run. */
    static String withoutSuffix(String className) {
        int slash = className.indexOf('/');
        return slash > 0 ? className.substring(0, slash) : className;
    }
}
