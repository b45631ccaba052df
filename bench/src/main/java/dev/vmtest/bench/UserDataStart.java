package dev.vmtest.bench;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.image.InstallImage;
import dev.vmtest.machine.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Boot the install image and Debian's plain way in turns, on the same machine with the same arguments, and compare how
 * long each takes from QEMU's start to user-data.
 */
final class UserDataStart implements Benchmark {

    /** Odd, so that the median is one that was measured. */
    private static final int ROUNDS = 3;

    private static final double LIMIT = 0.5;

    /** Hold what one round measured, in seconds. */
    record Round(SeedBoot.Moments plain, SeedBoot.Moments trimmed) {

        private double ratio(ToDoubleFunction<SeedBoot.Moments> moment) {
            return moment.applyAsDouble(trimmed) / moment.applyAsDouble(plain);
        }
    }

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
        SeedBoot boot = new SeedBoot(laboratory, accelerator);
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= ROUNDS; number++) {
            Round round = new Round(boot.run(plain, number), boot.run(trimmed, number));
            laboratory.tell(String.format(
                    Locale.ROOT,
                    "round %d: fetched after %.1f s plain, %.1f s ours; started after %.1f s plain, %.1f s ours",
                    number,
                    round.plain().fetched(),
                    round.trimmed().fetched(),
                    round.plain().started(),
                    round.trimmed().started()));
            rounds.add(round);
        }
        return entries(rounds);
    }

    /** Return the claims about an odd number of rounds. */
    static List<Entry> entries(List<Round> rounds) {
        return List.of(
                Entry.atMost("user-data fetched, image / plain way", median(rounds, SeedBoot.Moments::fetched), LIMIT),
                Entry.atMost("user-data started, image / plain way", median(rounds, SeedBoot.Moments::started), LIMIT));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<SeedBoot.Moments> moment) {
        return rounds.stream()
                .map(round -> round.ratio(moment))
                .sorted()
                .toList()
                .get(rounds.size() / 2);
    }
}
