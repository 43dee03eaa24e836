package dev.penstock.engine.guide;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles examples, all at once because most of the time goes into starting the compiler, and runs them one by one.
 *
 * <p><b>Threads:</b> one.
 */
final class ExampleCompiler implements AutoCloseable {

    private final URLClassLoader classes;

    private ExampleCompiler(URLClassLoader classes) {
        this.classes = classes;
    }

    /** Compiles for the oldest JDK that the library runs on; fails with what the compiler says. */
    static ExampleCompiler compile(List<GuideExample> examples, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release", "17", "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        problems,
                        options,
                        null,
                        examples.stream().map(Source::new).toList())
                .call();
        if (!compiled) {
            throw new AssertionError(problems.getDiagnostics().stream()
                    .map(ExampleCompiler::shown)
                    .collect(Collectors.joining("\n")));
        }
        URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ExampleCompiler.class.getClassLoader());
        classes.setDefaultAssertionStatus(true);
        return new ExampleCompiler(classes);
    }

    private static String shown(Diagnostic<? extends JavaFileObject> problem) {
        return problem + (problem.getSource() instanceof Source source ? "\nin " + source.example : "");
    }

    void run(GuideExample example, String host) throws Throwable {
        try {
            classes.loadClass(example.className())
                    .getMethod("run", String.class)
                    .invoke(null, host);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final GuideExample example;

        Source(GuideExample example) {
            super(URI.create("guide:///" + example.className() + ".java"), Kind.SOURCE);
            this.example = example;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return example.source();
        }
    }
}
