/**
 * The API of Penstock: everything an application compiles against, on the JDK alone.
 *
 * <p>The engine is found at run time through {@link java.util.ServiceLoader}.
 */
module dev.penstock.client {
    // Only for JulExceptionHandler: whoever uses that has it.
    requires static java.logging;

    exports dev.penstock.client;
    exports dev.penstock.client.context;
    exports dev.penstock.client.errors;
    exports dev.penstock.client.flags;
    exports dev.penstock.client.logs;
    exports dev.penstock.client.segment;
    exports dev.penstock.client.spi;
    exports dev.penstock.client.testing;

    uses dev.penstock.client.spi.ClientProvider;
}
