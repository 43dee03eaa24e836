package dev.penstock.client.segment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The setters of a builder, for tests that must miss none. */
final class SetterTable {

    private static final Set<String> NO_SETTERS = Set.of("put", "putAll", "build");

    private SetterTable() {}

    /** The methods that write one member each. */
    static Stream<Method> settersOf(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !NO_SETTERS.contains(method.getName()));
    }

    /** Calls every setter that can take it with one value for all. */
    static void callAll(Object builder, Class<?> type, Object value) throws IllegalAccessException {
        for (Method setter : settersOf(builder.getClass()).toList()) {
            Class<?> takes = setter.getParameterTypes()[0];
            if (takes == type || (type == Object.class && !takes.isPrimitive())) {
                try {
                    setter.invoke(builder, value);
                } catch (InvocationTargetException e) {
                    throw new AssertionError(setter + " threw", e.getCause());
                }
            }
        }
    }

    /** One row: what a setter is to write where. */
    record Row<B>(String setter, String member, Object written, UnaryOperator<B> call) {

        @Override
        public String toString() {
            return setter + " -> " + member;
        }
    }
}
