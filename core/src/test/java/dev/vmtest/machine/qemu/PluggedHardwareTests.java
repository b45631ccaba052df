package dev.vmtest.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.DiskDriver;
import dev.vmtest.machine.DiskSpec;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.GuestForward;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import dev.vmtest.machine.Snapshot;
import dev.vmtest.machine.snapshot.SnapshotStore;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PluggedHardwareTests {

    private static final NicSpec NIC = new NicSpec("52:54:00:12:34:01", NicSpec.USER);
    private static final List<DiskSpec> DISKS = List.of(
            new DiskSpec("v", 1 << 20, DiskDriver.VIRTIO_BLK, "disk-v", null, 4096, 4096, 2),
            new DiskSpec("s", 1 << 20, DiskDriver.SCSI_HD, null, "0x39cc071e72c64cc5", 512, 512, 1),
            new DiskSpec("n", 1 << 20, DiskDriver.NVME, "nvme-a", null, 512, 512, 1));

    @Test
    void whatAnswersInAUserNetworkIsAListForBothWaysOfSayingIt() throws Exception {
        NicSpec answered = NIC.with(new GuestForward("10.0.2.100", 3260, List.of("bash", "/tmp/a, b/door")));
        HardwarePart network = plugged(DISKS, List.of(answered)).get(0);

        assertThat(network.arguments())
                .containsEntry("guestfwd", List.of(Map.of("str", "tcp:10.0.2.100:3260-cmd:bash '/tmp/a, b/door'")));
        assertThat(network.option().text())
                .isEqualTo("user,id=net0,guestfwd=tcp:10.0.2.100:3260-cmd:bash '/tmp/a,, b/door'");
    }

    @Test
    void speaksQmpWithNumbersAndNestedMappings() throws Exception {
        List<HardwarePart> parts = plugged(DISKS, List.of(NIC));

        assertThat(parts.stream().map(part -> part.kind().command()))
                .containsExactly(
                        "netdev_add",
                        "device_add",
                        "blockdev-add",
                        "device_add",
                        "device_add",
                        "blockdev-add",
                        "device_add",
                        "blockdev-add",
                        "device_add");
        assertThat(parts.get(0).arguments()).containsEntry("type", "user").doesNotContainKey("guestfwd");
        assertThat(parts.get(2).arguments())
                .containsEntry("cache", Map.of("no-flush", true))
                .containsEntry("file", Map.of("driver", "file", "filename", "/disks/v.img"));
        assertThat(parts.get(3).arguments())
                .containsEntry("driver", "virtio-blk-pci")
                .containsEntry("logical_block_size", 4096)
                .containsEntry("share-rw", true)
                .containsEntry("bus", "slot1")
                .doesNotContainKey("bootindex");
        assertThat(parts.get(6).arguments())
                .containsEntry("wwn", new BigInteger("39cc071e72c64cc5", 16))
                .containsEntry("bus", "scsi0.0");
        assertThat(parts.get(8).arguments()).containsEntry("driver", "nvme").containsEntry("bus", "slot3");
    }

    @Test
    void saysHowManySlotsAreMissing() {
        List<NicSpec> many = Collections.nCopies(Slots.COUNT + 2, NIC);
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, List.of(), many);

        assertThat(SnapshotStore.missingSlots(spec)).isEqualTo(2);
        assertThatThrownBy(() -> QemuArguments.plugged(spec, Path.of("/disks")))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("slots for its disks and NICs");
    }

    @Test
    void tellsTheAgentWhatWillBeThere() {
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, DISKS, List.of(NIC));

        JsonNode orders = JsonMapper.shared()
                .readTree(AgentOrders.line(
                        spec,
                        List.of("a", "ds=nocloud;seedfrom=http://10.0.2.2/"),
                        () -> Instant.ofEpochMilli(1_500),
                        new SecureRandom(),
                        Duration.ofSeconds(60)));

        assertThat(orders.path("time").asDouble()).isEqualTo(1.5);
        assertThat(orders.path("entropy").asString()).hasSize(128);
        assertThat(orders.path("command_line").asString()).isEqualTo("a ds=nocloud;seedfrom=http://10.0.2.2/");
        assertThat(orders.path("nics").get(0).asString()).isEqualTo(NIC.mac());
        assertThat(orders.path("address").path("address").asString()).isEqualTo("10.0.2.15/24");
        assertThat(orders.path("disks").get(0).path("paths").asInt()).isEqualTo(2);
        assertThat(orders.path("disks").get(1).path("id").asString()).isEqualTo("0x39cc071e72c64cc5");
    }

    @Test
    void leavesTheAddressToTheNetworkOfABridge() {
        MachineSpec spec =
                new MachineSpec(1, 1024, Firmware.BIOS, List.of(), List.of(new NicSpec("52:54:00:12:34:01", "br0")));

        String line = AgentOrders.line(
                spec, List.of(), () -> Instant.ofEpochMilli(0), new SecureRandom(), Duration.ofSeconds(60));

        assertThat(JsonMapper.shared().readTree(line).path("address").isNull()).isTrue();
    }

    @Test
    void startsAMachineToResumeWithSlotsInsteadOfHardware() throws Exception {
        Boot boot = new Boot(
                new Boot.DirectKernel(Path.of("/k"), Path.of("/i"), List.of("vmtest.snapshot")),
                List.of(),
                null,
                new Boot.Way.Resume(new Snapshot("key", Path.of("/snapshots/x")), List.of("full", "line")));
        MachineSpec spec = new MachineSpec(1, 1024, Firmware.BIOS, DISKS, List.of(NIC));

        List<String> arguments = QemuArguments.build(
                spec,
                boot,
                Accelerator.tcg("test"),
                Path.of("/disks"),
                null,
                new Wiring(new Wiring.Serial.Socket(Path.of("/s")), Path.of("/q"), Path.of("/a")));

        assertThat(arguments).containsSequence("-incoming", "defer").contains("-S");
        assertThat(arguments).noneMatch(argument -> argument.contains("disk-") || argument.contains("virtio-net"));
        assertThat(arguments.stream().filter(argument -> argument.startsWith("pcie-root-port")))
                .hasSize(Slots.COUNT);
        assertThat(boot.full().kernel())
                .isEqualTo(new Boot.DirectKernel(Path.of("/k"), Path.of("/i"), List.of("full", "line")));
    }

    private static List<HardwarePart> plugged(List<DiskSpec> disks, List<NicSpec> nics) throws MachineException {
        return QemuArguments.plugged(new MachineSpec(1, 1024, Firmware.BIOS, disks, nics), Path.of("/disks"));
    }
}
