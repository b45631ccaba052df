package dev.vmtest.installer.builtin;

import dev.vmtest.apt.AptMirror;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Be a step that says where the target has packages from; the functions are those of {@code apt.sh}. */
public sealed interface AptStep extends Step {

    /** Settle what the variables of sources stand for in the target: some of it only the target knows. */
    record ChooseMirrors(List<AptMirror> primary, List<AptMirror> security) implements AptStep {
        public ChooseMirrors {
            primary = List.copyOf(primary);
            security = List.copyOf(security);
        }

        @Override
        public String describe() {
            return "choose the mirrors";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("begin_mirrors");
            primary.forEach(mirror -> write(script, "primary", mirror));
            security.forEach(mirror -> write(script, "security", mirror));
            script.call("choose_mirrors");
        }

        private static void write(ScriptWriter script, String kind, AptMirror mirror) {
            List<Object> words = new ArrayList<>();
            words.add(kind);
            words.add(String.join(" ", mirror.arches()));
            if (mirror.uri() == null) {
                words.add("search");
                words.addAll(mirror.search());
            } else {
                words.add("uri");
                words.add(mirror.uri());
            }
            script.call("offer_mirror", words.toArray());
        }
    }

    /**
     * Write the file with the release's own sources.
     *
     * @param template its text with variables, or null to change the file that is there
     * @param suites those that are not to be in use
     * @param components those that are not to be in use
     */
    record WriteSourcesList(@Nullable Secret template, List<String> suites, List<String> components)
            implements AptStep {
        public WriteSourcesList {
            suites = List.copyOf(suites);
            components = List.copyOf(components);
        }

        @Override
        public String describe() {
            return template == null ? "change the sources of the release" : "write the sources of the release";
        }

        @Override
        public void write(ScriptWriter script) {
            String off = String.join(" ", suites);
            String without = String.join(" ", components);
            if (template == null) {
                script.call("change_sources_list", off, without);
            } else {
                script.callWithText(template, "write_sources_list", off, without);
            }
        }
    }

    /** Tell the target's cloud-init to leave the sources as they are. */
    record KeepSources() implements AptStep {
        @Override
        public String describe() {
            return "let cloud-init keep the sources";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("keep_sources");
        }
    }

    /** Remove a file of apt's that an earlier install may have left. */
    record RemoveFile(String path) implements AptStep {
        @Override
        public String describe() {
            return "remove " + path;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("remove_file", path);
        }
    }

    /**
     * Add sources to a file of their own.
     *
     * @param source with variables; its address may have a password
     */
    record AddSource(String file, Secret source) implements AptStep {
        @Override
        public String describe() {
            return "add to " + file;
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithText(source, "add_source", file);
        }
    }

    /** Fetch the lists of all sources, whose signatures are looked at. */
    record FetchLists() implements AptStep {
        @Override
        public String describe() {
            return "fetch the lists of packages";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("fetch_lists");
        }
    }

    /** Let the target's cloud-init take over the answers that it was given. */
    record ReconfigureCloudInit(String packageName) implements AptStep {
        @Override
        public String describe() {
            return "configure " + packageName + " anew";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("reconfigure_cloud_init", packageName);
        }
    }
}
