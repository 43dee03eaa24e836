package dev.penstock.cli.common;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; {@code development} when run from class files. Any thread. */
public final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(VersionText.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {
            "penstock " + version, "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
        };
    }
}
