package dev.vmtest.bench;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import java.util.ArrayList;
import java.util.List;

/**
 * Boot the install image and Debian's plain way in turns, on the same machine with the same arguments, and compare how
 * long each takes from QEMU's start to user-data.
 */
final class UserDataStart implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double LIMIT = 0.5;

    @Override
    public String name() {
        return "user-data";
    }

    @Override
    public List<Entry> measure(Laboratory laboratory) throws Exception {
        InstallImage plain = laboratory.image(ImageVariant.PLAIN);
        InstallImage trimmed = laboratory.image(ImageVariant.GENERIC);
        Accelerator accelerator = laboratory.accelerator(trimmed);
        laboratory.tell("user-data under " + accelerator.name().text() + ": " + accelerator.reason());
        SeedBoot boot = SeedBoot.withoutDisk(laboratory, accelerator);
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Round round = new Round(boot.run(plain, number), boot.run(trimmed, number));
            laboratory.tell(round.line(number, "plain", "ours"));
            rounds.add(round);
        }
        return entries(rounds);
    }

    /** Return the claims about an odd number of rounds. */
    static List<Entry> entries(List<Round> rounds) {
        return List.of(
                Entry.atMost(
                        "user-data fetched, image / plain way", Round.median(rounds, SeedBoot.Moments::fetched), LIMIT),
                Entry.atMost(
                        "user-data started, image / plain way",
                        Round.median(rounds, SeedBoot.Moments::started),
                        LIMIT));
    }
}
