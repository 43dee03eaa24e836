package dev.penstock.cli.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens the files that are named on the command line. Stateless. */
public final class SourceFile {

    private SourceFile() {}

    /**
     * Opens a file of lines.
     *
     * @param file as typed; {@code -} means standard input
     * @param input standard input
     * @param maxLineBytes the longest line that is kept whole
     * @param spec the command, for complaints
     * @return a source before its first line
     * @throws ParameterException if there is no such file, or it cannot be read
     */
    public static LineSource open(String file, InputStream input, int maxLineBytes, CommandSpec spec) {
        if (file.equals("-")) {
            return LineSource.ofStream(input, maxLineBytes);
        }
        Path path = Path.of(file);
        require(Files.exists(path), "there is no file " + file + "; check the path, or use - for standard input", spec);
        require(!Files.isDirectory(path), file + " is a directory; name a file in it", spec);
        require(Files.isReadable(path), file + " cannot be read; check its permissions", spec);
        try {
            return LineSource.ofFile(path, maxLineBytes);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void require(boolean usable, String rule, CommandSpec spec) {
        if (!usable) {
            throw new ParameterException(spec.commandLine(), rule + ".");
        }
    }
}
