package dev.vmtest.junit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.vmtest.files.NewFile;
import dev.vmtest.session.RunLog;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Send the log to the file of a run while that lasts, by Logback. */
public final class RunLogFile implements RunLog, AutoCloseable {

    /** Time, level, the test, who says it, and what; a guest's text cannot begin a line of its own. */
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\",UTC} %-5level [%X{test}] %logger{0}: %replace(%msg){'\\p{Cntrl}',' '}%n%ex";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = context.getLogger("dev.vmtest");
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final boolean isOnlyPlace;
    private final @Nullable Level levelBefore;
    private @Nullable OutputStreamAppender<ILoggingEvent> appender;

    /**
     * Make it.
     *
     * @param isOnlyPlace whether nothing at all is logged elsewhere meanwhile, because the terminal belongs to a
     *     display; otherwise only what vmtest logs goes to the file
     */
    public RunLogFile(boolean isOnlyPlace) {
        this.isOnlyPlace = isOnlyPlace;
        levelBefore = own.getLevel();
        if (levelBefore == null) {
            // Until there is a file, our details would go to the console of whoever has set up no log.
            own.setLevel(Level.INFO);
        }
    }

    @Override
    public void begin(Path file) throws IOException {
        PatternLayout layout = new PrintableLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> opened = new OutputStreamAppender<>();
        opened.setContext(context);
        opened.setName("run");
        opened.setEncoder(encoder);
        // Not Logback's own way to open a file: it follows links, and the name of the log can be guessed.
        opened.setOutputStream(NewFile.append(file));
        opened.start();
        if (isOnlyPlace) {
            root.iteratorForAppenders().forEachRemaining(others::add);
        }
        others.forEach(root::detachAppender);
        if (isOnlyPlace) {
            root.addAppender(opened);
        } else {
            // What others log stays where they want it, and they are spared our details.
            own.addAppender(opened);
            own.setAdditive(false);
        }
        own.setLevel(Level.DEBUG);
        appender = opened;
    }

    private static final class PrintableLayout extends PatternLayout {

        @Override
        public String doLayout(ILoggingEvent event) {
            return Printable.text(super.doLayout(event));
        }
    }

    @Override
    public void close() {
        OutputStreamAppender<ILoggingEvent> opened = appender;
        own.setLevel(levelBefore);
        if (opened == null) {
            return;
        }
        root.detachAppender(opened);
        own.detachAppender(opened);
        own.setAdditive(true);
        opened.stop();
        others.forEach(root::addAppender);
        appender = null;
    }
}
