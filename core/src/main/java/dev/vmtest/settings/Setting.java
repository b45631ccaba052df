package dev.vmtest.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describe one setting: a row of {@link SettingsTable}.
 *
 * @param group what it concerns, for tables
 * @param names its environment variables; the first that is set decides
 * @param type how its text is read
 * @param defaultText the text that holds when no variable is set; null if nothing holds then
 * @param meaning what it does, one sentence without the full stop
 */
public record Setting<T>(
        Group group,
        List<String> names,
        SettingType<T> type,
        @Nullable String defaultText,
        String meaning) {

    /** Name what a setting concerns. */
    public enum Group {
        RUN("Runs"),
        DATA("Kept data"),
        IMAGES("Images"),
        MACHINE("Machines"),
        INSTALLER("Installer under test"),
        NETWORK("Network"),
        ISCSI("iSCSI"),
        TOOLS("Tools"),

        /** What scripts for the harness before may set, and nothing here acts upon. */
        WITHOUT_EFFECT("Without effect here");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** Return the heading of the group. */
        public String title() {
            return title;
        }
    }

    public Setting {
        names = List.copyOf(names);
    }

    /** Return the name by which messages and tables call the setting. */
    public String name() {
        return names.get(0);
    }
}
