package dev.vmtest.installer.builtin;

import dev.vmtest.secret.Secret;
import dev.vmtest.storage.IscsiPath;
import org.jspecify.annotations.Nullable;

/** Be a step that reaches a disk by another way than its only path in this machine. */
public sealed interface PathStep extends Step {

    /**
     * Find a disk and join all paths to it.
     *
     * @param name the name of the map, or null to let multipath choose one
     */
    record FindMap(
            String device,
            StorageStep.Identity identity,
            String value,
            @Nullable String name) implements PathStep {
        @Override
        public String describe() {
            return "join the paths to the disk with " + identity.text() + " '" + value + "'";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("find_map", script.name(device), identity.text(), value, name == null ? "" : name);
        }
    }

    /** Log in to an iSCSI target and wait for its disk. */
    record AttachIscsi(String device, IscsiPath path) implements PathStep {
        @Override
        public String describe() {
            return "attach unit " + path.lun() + " of the iSCSI target " + path.target();
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "attach_iscsi",
                    script.name(device),
                    path.portal(),
                    Integer.toString(path.lun()),
                    path.target(),
                    orEmpty(path.user()),
                    orNone(path.password()),
                    orEmpty(path.targetUser()),
                    orNone(path.targetPassword()));
        }

        private static Object orNone(@Nullable Secret secret) {
            return secret == null ? "" : secret;
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
