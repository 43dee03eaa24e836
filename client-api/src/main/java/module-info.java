/**
 * The API of Penstock: everything an application compiles against, on the JDK alone.
 *
 * <p>The engine is found at run time through {@link java.util.ServiceLoader}.
 */
module dev.penstock.client {
    exports dev.penstock.client;
    exports dev.penstock.client.flags;
    exports dev.penstock.client.spi;

    uses dev.penstock.client.spi.ClientProvider;
}
