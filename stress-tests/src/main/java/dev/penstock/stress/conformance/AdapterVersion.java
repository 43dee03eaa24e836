package dev.penstock.stress.conformance;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; {@code development} when run from class files. Any thread. */
final class AdapterVersion implements IVersionProvider {

    /** The version of the adapter and of the client in the same jar. */
    static String text() {
        return Optional.ofNullable(AdapterVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"conformance-adapter " + text()};
    }
}
