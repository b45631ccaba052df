package dev.vmtest.check;

import static dev.vmtest.check.Mutation.mutation;

import java.util.stream.Stream;

/** Change the arrays, volumes, mappings and caches of the system that was asked for. */
final class StackMutations {

    private static final String MIRROR = "facts/md/md127.export";
    private static final String MIRROR_STATE = "facts/md/md127.state";
    private static final String LUKS_UUID = "00000005-1111-4111-8111-111111111111";
    private static final String CACHE_SET = "5bc072a8-ab17-446d-9744-e247949913c1";

    private StackMutations() {}

    /** Return all of them. */
    static Stream<Mutation> all() {
        return Stream.of(arrays(), volumes(), encryption(), caches()).flatMap(stream -> stream);
    }

    private static Stream<Mutation> arrays() {
        return Stream.of(
                mutation(
                        "wrong level",
                        system -> system.replace(MIRROR, "MD_LEVEL=raid1", "MD_LEVEL=raid10"),
                        "raid mirror: level"),
                mutation(
                        "made for one device more",
                        system -> system.replace(MIRROR, "MD_DEVICES=2", "MD_DEVICES=3"),
                        "raid mirror: level"),
                mutation(
                        "another member",
                        system -> system.replace(MIRROR, "=/dev/vdc", "=/dev/vdj"),
                        "raid mirror: members"),
                mutation("spare missing", system -> system.removeLines(MIRROR, "_vdd_"), "raid mirror: spares"),
                mutation(
                        "spare in use as a member",
                        system -> system.replace(MIRROR, "vdd_ROLE=spare", "vdd_ROLE=2"),
                        "raid mirror: members",
                        "raid mirror: spares"),
                mutation(
                        "another array name",
                        system -> system.replace(MIRROR, "MD_NAME=any:mddata", "MD_NAME=any:data"),
                        "raid mirror: array name"),
                mutation(
                        "array name without a home host",
                        system -> system.replace(MIRROR, "MD_NAME=any:mddata", "MD_NAME=mddata")),
                mutation(
                        "other metadata",
                        system -> system.replace(MIRROR, "MD_METADATA=1.2", "MD_METADATA=1.0"),
                        "raid mirror: metadata"),
                mutation(
                        "degraded",
                        system -> system.replace(MIRROR_STATE, "degraded=0", "degraded=1"),
                        "raid mirror: state"),
                mutation(
                        "stopped half way",
                        system -> system.replace(MIRROR_STATE, "array_state=clean", "array_state=inactive"),
                        "raid mirror: state"),
                mutation(
                        "a new array that still fills its redundancy",
                        system -> system.replace(MIRROR_STATE, "degraded=0", "degraded=1")
                                .replace(MIRROR_STATE, "sync_action=idle", "sync_action=recover")),
                mutation(
                        "dname of an array leads to another",
                        system ->
                                system.replace("facts/links", "by-dname/md0\t../../md127", "by-dname/md0\t../../md126"),
                        "raid mirror: dname"),
                mutation(
                        "wrong table on an array",
                        system -> system.replace("facts/sfdisk/md126.json", "\"gpt\"", "\"dos\""),
                        "raid stripe: partition table"),
                mutation(
                        "wrong number on an array",
                        system -> system.replace("facts/sfdisk/md126.json", "md126p2", "md126p3"),
                        "raid stripe: partitions",
                        "partition stripe2: number",
                        "partition stripe2: size",
                        "partition stripe2: type"));
    }

    private static Stream<Mutation> volumes() {
        return Stream.of(
                mutation(
                        "group on another device",
                        system -> system.replace("facts/pvs.json", "/dev/vdg", "/dev/vdj"),
                        "lvm_volgroup group: physical volumes"),
                mutation(
                        "a physical volume in another group",
                        system -> system.replace(
                                "facts/pvs.json",
                                "\"/dev/vdg\",\n     \"vg_name\": \"vg1\"",
                                "\"/dev/vdg\",\n     \"vg_name\": \"vg2\""),
                        "lvm_volgroup group: physical volumes"),
                mutation(
                        "a physical volume missing",
                        system -> system.replace(
                                "facts/vgs.json", "missing_pv_count\": \"0\"", "missing_pv_count\": \"1\""),
                        "lvm_volgroup group: present"),
                mutation(
                        "group with another id",
                        system -> system.replace("facts/vgs.json", "0bea11-", "1bea11-"),
                        "lvm_volgroup group: uuid"),
                mutation(
                        "volume one extent too small",
                        system -> system.replace("facts/lvs.json", "318767104", "314572800"),
                        "lvm_partition one: size"),
                mutation(
                        "room left over",
                        system -> system.replace("facts/vgs.json", "\"vg_free\": \"0\"", "\"vg_free\": \"4194304\""),
                        "lvm_partition rest: size"),
                mutation(
                        "volume not active",
                        system -> system.replace("facts/lsblk.json", "vg1-lv2", "vg1-lv3"),
                        "lvm_partition rest: active",
                        "lvm_partition rest: dname",
                        "format lv2fs: type",
                        "format lv2fs: label",
                        "mount lv2fs-mount: fstab spec",
                        "mount lv2fs-mount: mounted"),
                mutation(
                        "dname of a volume missing",
                        system -> system.removeLines("facts/links", "by-dname/vg1-lv--one"),
                        "lvm_partition one: dname"));
    }

    private static Stream<Mutation> encryption() {
        return Stream.of(
                mutation(
                        "no key opens it",
                        system -> system.removeLines("facts/luks/vdh", "0: luks2"),
                        "dm_crypt secret: LUKS header"),
                mutation(
                        "header on another device",
                        system -> system.write("facts/luks/vdj", "Version: 2\nUUID: x\n")
                                .delete("facts/luks/vdh"),
                        "dm_crypt secret: LUKS header",
                        "dm_crypt secret: cipher"),
                mutation(
                        "crypttab by another UUID",
                        system -> system.replace("crypttab", LUKS_UUID, "00000001-1111-4111-8111-111111111111"),
                        "dm_crypt secret: crypttab source"),
                mutation(
                        "crypttab by kernel name",
                        system -> system.replace("crypttab", "UUID=" + LUKS_UUID, "/dev/vdh"),
                        "dm_crypt secret: crypttab source"),
                mutation(
                        "crypttab with another key file",
                        system -> system.replace("crypttab", "/etc/keys/c1", "/etc/keys/c2"),
                        "dm_crypt secret: crypttab key"),
                mutation(
                        "crypttab without an option",
                        system -> system.replace("crypttab", " luks", " discard"),
                        "dm_crypt secret: crypttab options"),
                mutation(
                        "crypttab line missing",
                        system -> system.write("crypttab", "# none\n"),
                        "dm_crypt secret: crypttab source",
                        "dm_crypt secret: crypttab key",
                        "dm_crypt secret: crypttab options"),
                mutation(
                        "mapping over another device",
                        system -> system.replace("facts/dm-crypt", "254:15 ", "254:16 "),
                        "dm_crypt secret: mapping"),
                mutation(
                        "mapping with another cipher",
                        system -> system.replace("facts/dm-crypt", "aes-xts-plain64", "aes-cbc-essiv:sha256"),
                        "dm_crypt secret: cipher"),
                mutation(
                        "mapping not collected",
                        system -> system.delete("facts/dm-crypt"),
                        "dm_crypt secret: mapping",
                        "dm_crypt secret: cipher"));
    }

    private static Stream<Mutation> caches() {
        return Stream.of(
                mutation(
                        "another mode",
                        system -> system.replace(
                                "facts/bcache/bcache0.state", "writethrough [writeback]", "[writethrough] writeback"),
                        "bcache cached: cache mode"),
                mutation(
                        "detached from its cache",
                        system -> system.replace("facts/bcache/bcache0.state", CACHE_SET, "cache")
                                .replace("facts/bcache/bcache0.state", "state=clean", "state=no cache"),
                        "bcache cached: cache set",
                        "bcache cached: state"),
                mutation(
                        "another cache set",
                        system -> system.replace(
                                "facts/bcache/vdj.super", CACHE_SET, "5bc072a8-ab17-446d-9744-e247949913c2"),
                        "bcache cached: cache set"),
                mutation(
                        "the cache is formatted as a backing device",
                        system -> system.replace("facts/bcache/vdj.super", "3 [cache", "1 [backing"),
                        "bcache cached: cache device"),
                mutation(
                        "the backing device is formatted as a cache",
                        system -> system.replace("facts/bcache/vdi.super", "1 [backing", "3 [cache"),
                        "bcache cached: backing device"),
                mutation(
                        "dname of a cached device missing",
                        system -> system.removeLines("facts/links", "by-dname/bc\t"),
                        "bcache cached: dname"));
    }
}
