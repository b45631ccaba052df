package dev.vmtest.installer.builtin;

import dev.vmtest.installer.ImageSystem;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Be a step that puts the system and its settings into the target. */
public sealed interface SystemStep extends Step {

    /**
     * Copy the system that this environment's own root was mounted from.
     *
     * @param rsync what rsync is told besides; without any a quicker program copies
     */
    record CopyRoot(String directory, List<String> rsync) implements SystemStep {

        public CopyRoot {
            rsync = List.copyOf(rsync);
        }

        @Override
        public String describe() {
            return "copy the system from " + directory;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("copy_root", words(List.of(directory), rsync));
        }
    }

    /**
     * Copy the target image, which the environment has on a disk of its own.
     *
     * @param onPartition whether the root is one that the smaller of its two initramfs serves; the other stays behind
     * @param rsync what rsync is told besides; without any a quicker program copies
     */
    record CopyTargetImage(boolean onPartition, List<String> rsync) implements SystemStep {

        public CopyTargetImage {
            rsync = List.copyOf(rsync);
        }

        @Override
        public String describe() {
            return "copy the target image";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "copy_target_image",
                    words(List.of(ImageSystem.TARGET_IMAGE_SERIAL, onPartition ? "partition" : "stack"), rsync));
        }
    }

    /** Make the target ready for commands that run inside it. */
    record EnterTarget() implements SystemStep {
        @Override
        public String describe() {
            return "make the target ready for commands";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("enter_target", new ScriptWriter.Word("\"$target\""));
        }
    }

    /**
     * Write a file of the target.
     *
     * @param permissions octal digits
     * @param owner {@code user:group}, or null for root
     */
    record WriteTargetFile(
            String path,
            Secret content,
            String permissions,
            @Nullable String owner) implements SystemStep {
        @Override
        public String describe() {
            return "write " + path;
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithText(content, "put_file", path, permissions, owner == null ? "" : owner);
        }
    }

    /** Write the network configuration that cloud-init applies in the target; it may have passwords of networks. */
    record WriteNetwork(Secret cloudConfig) implements SystemStep {
        @Override
        public String describe() {
            return "note the network configuration";
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithText(cloudConfig, "note_network");
        }
    }

    /**
     * Note what a target gets whose cloud-init does not read the section.
     *
     * @param interfaces the text of {@code /etc/network/interfaces}
     * @param rules udev's rules that name the cards
     */
    record RenderNetwork(String interfaces, String rules) implements SystemStep {
        @Override
        public String describe() {
            return "render the network configuration for a target whose cloud-init does not read it";
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithText(new Secret(interfaces), "note_rendered_network", rules);
        }
    }

    /** Note that some NICs ask for an address in the target. */
    record UseNics(List<String> names) implements SystemStep {
        public UseNics {
            names = List.copyOf(names);
        }

        @Override
        public String describe() {
            return "let these NICs use DHCP: " + names;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("note_nics", names.toArray());
        }
    }

    /** Keep the interfaces file that the target has before anything is extracted. */
    record KeepInterfaces() implements SystemStep {
        @Override
        public String describe() {
            return "keep the target's interfaces file";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("note_own_interfaces");
        }
    }

    /** Note that the NIC which this environment booted from asks for an address in the target. */
    record UseBootNic() implements SystemStep {
        @Override
        public String describe() {
            return "let the boot NIC use DHCP";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("note_boot_nic");
        }
    }

    /** Put the noted network configuration, fstab and udev rules into the target. */
    record WriteNotedFiles() implements SystemStep {
        @Override
        public String describe() {
            return "write fstab, udev rules and network configuration";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("write_noted_files");
        }
    }

    /**
     * Make a swap file and note its fstab line.
     *
     * @param mebibytes its size, or null to choose one by memory and free space
     * @param limit bytes that a chosen size must not exceed, or null
     */
    record MakeSwapFile(
            String path, @Nullable Long mebibytes, @Nullable Long limit) implements SystemStep {
        @Override
        public String describe() {
            return "make the swap file " + path;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call(
                    "make_swap_file",
                    path,
                    mebibytes == null ? "auto" : mebibytes.toString(),
                    limit == null ? "" : limit.toString());
        }
    }

    /** Answer a package's questions before it asks them; answers may be passwords. */
    record SelectDebconf(Secret selections) implements SystemStep {
        @Override
        public String describe() {
            return "set debconf selections";
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithText(selections, "in_target", "debconf-set-selections");
        }
    }

    private static Object[] words(List<String> first, List<String> more) {
        List<String> words = new ArrayList<>(first);
        words.addAll(more);
        return words.toArray();
    }

    /**
     * Undo what an image has for running from memory.
     *
     * @param overlay whether the overlay over its root is switched off
     * @param interfaces whether its distribution's interfaces file comes back where a link into /run stands for it
     */
    record UndoImage(boolean overlay, boolean interfaces) implements SystemStep {
        @Override
        public String describe() {
            return "undo what the image has for running from memory";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("undo_image", overlay ? "yes" : "no", interfaces ? "yes" : "no");
        }
    }

    /** Name the installed system to the servers that pollinate asks, where it has pollinate. */
    record NameUserAgent(List<String> words) implements SystemStep {
        public NameUserAgent {
            words = List.copyOf(words);
        }

        @Override
        public String describe() {
            return "set the user agent of pollinate";
        }

        @Override
        public void write(ScriptWriter script) {
            script.callWithInput(words, "name_user_agent");
        }
    }

    /** Reset what must differ from machine to machine. */
    record ResetIdentity() implements SystemStep {
        @Override
        public String describe() {
            return "reset the machine's identity";
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("reset_identity");
        }
    }
}
