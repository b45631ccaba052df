package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;

import java.util.stream.Stream;

/** Change the names, the boot and the files of the system that was asked for, or what was collected of it. */
final class SystemMutations {

    private static final String VDC = "facts/sfdisk/vdc.json";
    private static final String LINKS = "facts/links";
    private static final String SRV_UUID = "953ef741-6b51-4c11-a66e-8363effdd40d";

    private SystemMutations() {}

    /** Return all of them. */
    static Stream<Mutation> all() {
        return Stream.of(names(), boot(), files(), unreadable()).flatMap(stream -> stream);
    }

    private static Stream<Mutation> names() {
        return Stream.of(
                mutation(
                        "dname leads to another partition",
                        system -> system.replace(
                                LINKS, "by-dname/main_disk-part2\t../../vda2", "by-dname/main_disk-part2\t../../vda4"),
                        "partition a2: dname main_disk-part2"),
                mutation(
                        "dname leads to another disk",
                        system ->
                                system.replace(LINKS, "by-dname/odd-name-\t../../vdc", "by-dname/odd-name-\t../../vda"),
                        "disk disk-d: dname"),
                mutation(
                        "dname missing",
                        system -> system.removeLines(LINKS, "by-dname/wwn-disk-part5"),
                        "partition b5: dname wwn-disk-part5"),
                mutation(
                        "rule names another serial",
                        system -> system.replace("udev_rules.d/main_disk.rules", "\"disk-a\"", "\"disk-d\""),
                        "disk disk-a: dname rule"),
                mutation(
                        "rule missing",
                        system -> system.delete("udev_rules.d/odd-name-.rules"),
                        "disk disk-d: dname rule"));
    }

    private static Stream<Mutation> boot() {
        return Stream.of(
                mutation(
                        "bootloader on the wrong disk",
                        system -> system.exchange("facts/boot/vda.first", "facts/boot/vdc.first"),
                        "disk disk-a: bootloader",
                        "disk disk-d: no bootloader"),
                mutation(
                        "core of the bootloader overwritten",
                        system -> system.write("facts/boot/vda.core", new byte[512]),
                        "disk disk-a: bootloader"),
                mutation("booted by UEFI", system -> system.write("facts/boot-mode", "uefi\n"), "boot: firmware"),
                mutation(
                        "kernel root by kernel name",
                        system -> system.replace(
                                "proc_cmdline", "UUID=11111111-2222-4333-8444-555555555555", "/dev/vda2"),
                        "boot: kernel root"),
                mutation(
                        "kernel root elsewhere",
                        system -> system.replace("proc_cmdline", "11111111-2222-4333-8444-555555555555", SRV_UUID),
                        "boot: kernel root"));
    }

    private static Stream<Mutation> files() {
        return Stream.of(
                mutation(
                        "swap file off",
                        system -> system.removeLines("proc-swaps", "/swap.img"),
                        "swap file: active",
                        "swap file: size"),
                mutation(
                        "swap file too small",
                        system -> system.replace("proc-swaps", "65532", "64508"),
                        "swap file: size"),
                mutation(
                        "swap file not in fstab",
                        system -> system.removeLines("fstab", "/swap.img"),
                        "swap file: fstab line"),
                mutation(
                        "file of another content",
                        system -> system.write("expected-files/0", "hallo\n"),
                        "write_files motd: content"),
                mutation(
                        "file of another mode and owner",
                        system -> system.write("expected-files/listing", "0\t644\tdaemon:root\t6\n"),
                        "write_files motd: permissions",
                        "write_files motd: owner"),
                mutation(
                        "file missing",
                        system -> system.write("expected-files/listing", ""),
                        "write_files motd: content",
                        "write_files motd: permissions",
                        "write_files motd: owner"),
                mutation(
                        "another configuration saved",
                        system -> system.replace("root/curtin-install-cfg.yaml", "size: 512M", "size: 513M"),
                        "saved install config"),
                mutation("log missing", system -> system.delete("root/curtin-install.log"), "saved install log"));
    }

    private static Stream<Mutation> unreadable() {
        return Stream.of(
                mutation(
                        "garbage instead of JSON",
                        system -> system.write(VDC, "{\"partitiontable\": [[["),
                        "disk disk-d: partition table",
                        "disk disk-d: partitions",
                        "partition d1: number",
                        "partition d1: size",
                        "partition d1: type",
                        "partition d1: dname odd-name--part1",
                        "partition d2: number",
                        "partition d2: size",
                        "partition d2: type",
                        "partition d2: wiped",
                        "partition d2: zeros",
                        "partition d2: dname odd-name--part2",
                        "format plain: type",
                        "format plain: features",
                        "mount plain-mount: fstab spec",
                        "mount plain-mount: mounted"),
                mutation(
                        "swaps not collected",
                        system -> system.delete("proc-swaps"),
                        "mount swap-mount: swap active",
                        "swap file: active",
                        "swap file: size"),
                mutation("boot mode not collected", system -> system.delete("facts/boot-mode"), "boot: firmware"),
                mutation(
                        "boot sector not collected",
                        system -> system.delete("facts/boot/vda.first"),
                        "disk disk-a: bootloader"));
    }
}
