package dev.vmtest.installer.builtin;

import dev.vmtest.release.SourceKind;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;

/** Be a step that takes the system from where the configuration's sources say. */
public sealed interface SourceStep extends Step {

    /** Unpack an archive, whatever it is compressed with. */
    record UnpackArchive(Secret address) implements SourceStep {
        @Override
        public String describe() {
            return "unpack " + address;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("unpack_source", address);
        }
    }

    /**
     * Copy the files of file systems that lie one over the other.
     *
     * @param layered whether the dots in the file's name say which layers there are; otherwise it is one
     * @param rsync what rsync is told besides; without any a quicker program copies
     */
    record CopyFileSystem(Secret address, boolean layered, List<String> rsync) implements SourceStep {
        public CopyFileSystem {
            rsync = List.copyOf(rsync);
        }

        @Override
        public String describe() {
            return "copy the files of " + address;
        }

        @Override
        public void write(ScriptWriter script) {
            List<Object> words = new ArrayList<>(List.of(layered ? "layered" : "single", address));
            words.addAll(rsync);
            script.call("copy_source", words.toArray());
        }
    }

    /** Write a disk image to a disk, and mount its root. */
    record WriteDisk(String device, SourceKind kind, Secret address) implements SourceStep {
        @Override
        public String describe() {
            return "write the disk image " + address;
        }

        @Override
        public void write(ScriptWriter script) {
            script.call("release_disk", script.device(device));
            script.call("write_disk_image", script.device(device), kind.text(), address);
        }
    }

    /** Let the image's own program configure the system; what follows is done only where there is none. */
    record UnlessHooked() implements SourceStep {
        @Override
        public String describe() {
            return "run the image's own hook, if it has one";
        }

        @Override
        public void write(ScriptWriter script) {
            script.raw("    if ! run_image_hook; then");
        }
    }

    /** End what is done only where an image has no hook. */
    record EndUnlessHooked() implements SourceStep {
        @Override
        public String describe() {
            return "that was what an image without a hook needs";
        }

        @Override
        public void write(ScriptWriter script) {
            script.raw("    fi");
        }
    }
}
