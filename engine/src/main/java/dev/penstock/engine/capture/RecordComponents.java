package dev.penstock.engine.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/** The names and accessors of a record class. Immutable. */
final class RecordComponents {

    private final String[] names;
    private final MethodHandle[] accessors;

    private RecordComponents(String[] names, MethodHandle[] accessors) {
        this.names = names;
        this.accessors = accessors;
    }

    /** Null if the class's module does not let us in. */
    static RecordComponents of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        String[] names = new String[components.length];
        MethodHandle[] accessors = new MethodHandle[components.length];
        for (int i = 0; i < components.length; i++) {
            Method accessor = components[i].getAccessor();
            if (!accessor.trySetAccessible()) {
                return null;
            }
            names[i] = components[i].getName();
            try {
                accessors[i] = MethodHandles.lookup()
                        .unreflect(accessor)
                        .asType(java.lang.invoke.MethodType.methodType(Object.class, Object.class));
            } catch (IllegalAccessException e) {
                return null;
            }
        }
        return new RecordComponents(names, accessors);
    }

    int size() {
        return names.length;
    }

    String name(int i) {
        return names[i];
    }

    Object value(int i, Object instance) throws Throwable {
        return (Object) accessors[i].invokeExact(instance);
    }
}
