package dev.penstock.engine.capture;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.module.afterburner.AfterburnerModule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Afterburner, for the classes it can read: those that everybody may see.
 *
 * <p>For any other class it would try, fail, and log a stack trace for each property. Such classes, and all of them on a
 * module path that does not export Afterburner's own base class, are read by reflection without a word.
 */
final class GeneratedAccessors extends Module {

    private static final String BASE_CLASS_PACKAGE = "com.fasterxml.jackson.module.afterburner.ser";

    private final AfterburnerModule afterburner = new AfterburnerModule();

    @Override
    public String getModuleName() {
        return "penstock-generated-accessors";
    }

    @Override
    public Version version() {
        return afterburner.version();
    }

    @Override
    public void setupModule(SetupContext context) {
        // The context has dozens of methods; only the one that takes serializer modifiers is looked at.
        afterburner.setupModule((SetupContext) Proxy.newProxyInstance(
                SetupContext.class.getClassLoader(),
                new Class<?>[] {SetupContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addBeanSerializerModifier")) {
                        context.addBeanSerializerModifier(new ForVisibleClasses((BeanSerializerModifier) arguments[0]));
                        return null;
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && type.getModule().isExported(type.getPackageName())
                && AfterburnerModule.class.getModule().isExported(BASE_CLASS_PACKAGE);
    }

    private static final class ForVisibleClasses extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        private final transient BeanSerializerModifier generator;

        ForVisibleClasses(BeanSerializerModifier generator) {
            this.generator = generator;
        }

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
            return isVisible(bean.getBeanClass()) ? generator.changeProperties(config, bean, properties) : properties;
        }
    }
}
