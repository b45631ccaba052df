package dev.vmtest.facts;

import java.util.Set;

/**
 * Describe one line of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param path where it is mounted
 * @param source what the kernel says is mounted, such as {@code /dev/vda2} or {@code tmpfs}
 * @param fileSystem the kernel's name of the file system type
 * @param root the directory of the file system that is visible here; {@code /} unless bound
 * @param deviceNumber {@code major:minor} of the file system
 * @param options the options of this mount and of its super block
 */
public record MountPoint(
        String path, String source, String fileSystem, String root, String deviceNumber, Set<String> options) {

    public MountPoint {
        options = Set.copyOf(options);
    }
}
