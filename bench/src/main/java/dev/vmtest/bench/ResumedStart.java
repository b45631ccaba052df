package dev.vmtest.bench;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import java.util.ArrayList;
import java.util.List;

/**
 * Start the install environment in turns by a full boot of the trimmed image and from a snapshot of that boot, with the
 * same disk and NIC, and compare how long each takes from QEMU's start to user-data.
 */
final class ResumedStart implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 5;

    private static final double LIMIT = 0.15;

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        InstallImage image = laboratory.image(ImageVariant.GENERIC);
        Accelerator accelerator = laboratory.accelerator(image);
        laboratory.tell("resume under " + accelerator.name().text() + ": " + accelerator.reason());
        SeedBoot full = SeedBoot.withDisk(laboratory, accelerator, "full");
        SeedBoot resumed = SeedBoot.withDisk(laboratory, accelerator, "resumed").fromSnapshot(image);
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Round round = new Round(full.run(image, number), resumed.run(image, number));
            laboratory.tell(round.line(number, "booted", "resumed"));
            rounds.add(round);
        }
        return entries(rounds);
    }

    /** Return the claims about an odd number of rounds. */
    static List<Entry> entries(List<Round> rounds) {
        return List.of(
                Entry.atMost(
                        "user-data fetched, resumed / trimmed full boot",
                        Round.median(rounds, SeedBoot.Moments::fetched),
                        LIMIT),
                Entry.atMost(
                        "user-data started, resumed / trimmed full boot",
                        Round.median(rounds, SeedBoot.Moments::started),
                        LIMIT));
    }
}
