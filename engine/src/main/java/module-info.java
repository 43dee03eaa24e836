/**
 * The engine behind {@code dev.penstock.client}: a ring, a pipeline and a transport.
 *
 * <p>Applications need it at run time only; it exports one class for those that wire it by hand.
 */
module dev.penstock.engine {
    requires transitive dev.penstock.client;
    requires com.lmax.disruptor;
    requires org.agrona;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.module.afterburner;
    requires re2j;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;

    exports dev.penstock.engine;

    provides dev.penstock.client.spi.ClientProvider with
            dev.penstock.engine.EngineClientProvider;
}
