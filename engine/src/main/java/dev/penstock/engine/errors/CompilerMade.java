package dev.penstock.engine.errors;

/** Tells frames that nobody has written: lambdas, accessors, proxies. */
final class CompilerMade {

    private static final String[] METHODS = {"lambda$", "access$", "CGLIB$"};

    private static final String[] CLASSES = {
        "$$Lambda",
        "$$EnhancerBy",
        "$$FastClassBy",
        "$$SpringCGLIB$$",
        "$$KeyFactoryBy",
        "$ByteBuddy$",
        "$HibernateProxy$",
        "_$$_jvst",
        "$Proxy$_$$_",
        "GeneratedMethodAccessor",
        "GeneratedConstructorAccessor"
    };

    private CompilerMade() {}

    static boolean is(String className, String methodName) {
        for (String start : METHODS) {
            if (methodName.startsWith(start)) {
                return true;
            }
        }
        for (String part : CLASSES) {
            if (className.contains(part)) {
                return true;
            }
        }
        return isProxy(className);
    }

    /** The JDK's proxies are called {@code $Proxy} and a number, in whatever package. */
    private static boolean isProxy(String className) {
        int number = className.lastIndexOf('.') + 1 + "$Proxy".length();
        return className.startsWith("$Proxy", className.lastIndexOf('.') + 1)
                && number < className.length()
                && className.charAt(number) >= '0'
                && className.charAt(number) <= '9';
    }
}
