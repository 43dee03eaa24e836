package dev.penstock.engine.watchdog;

import dev.penstock.engine.testing.Await;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;

/** Does not return before it is told to. */
final class BlockingLogger implements System.Logger {

    final CountDownLatch called = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String getName() {
        return "blocking";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        called.countDown();
        Await.latch(release, "the logger goes on");
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        log(level, bundle, format, (Throwable) null);
    }
}
