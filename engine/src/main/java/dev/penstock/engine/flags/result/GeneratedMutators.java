package dev.penstock.engine.flags.result;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.module.afterburner.AfterburnerModule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

/**
 * Afterburner, for the classes it can fill: those that everybody may see. All others are filled by reflection without a
 * word in the log.
 */
final class GeneratedMutators extends Module {

    private static final String BASE_CLASS_PACKAGE = "com.fasterxml.jackson.module.afterburner.deser";

    private final AfterburnerModule afterburner = new AfterburnerModule();

    @Override
    public String getModuleName() {
        return "penstock-generated-mutators";
    }

    @Override
    public Version version() {
        return afterburner.version();
    }

    @Override
    public void setupModule(SetupContext context) {
        // The context has dozens of methods; only the one that takes deserializer modifiers is looked at.
        afterburner.setupModule((SetupContext) Proxy.newProxyInstance(
                SetupContext.class.getClassLoader(),
                new Class<?>[] {SetupContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addBeanDeserializerModifier")) {
                        context.addBeanDeserializerModifier(
                                new ForVisibleClasses((BeanDeserializerModifier) arguments[0]));
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

    private static final class ForVisibleClasses extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        private final transient BeanDeserializerModifier generator;

        ForVisibleClasses(BeanDeserializerModifier generator) {
            this.generator = generator;
        }

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            return isVisible(bean.getBeanClass()) ? generator.updateBuilder(config, bean, builder) : builder;
        }
    }
}
